-- A login that may only read what forecast reads. Run it as an administrator, in the database of the orders (DB_NAME).
CREATE LOGIN [forecast] WITH PASSWORD = N'PASSWORD';
CREATE USER [forecast] FOR LOGIN [forecast];
GRANT SELECT ON dbo.[OrderItem] TO [forecast];
GRANT SELECT ON dbo.[Order] TO [forecast];
GRANT SELECT ON dbo.[ClientAgreement] TO [forecast];
-- Names, where they are there:
GRANT SELECT ON dbo.[Product] TO [forecast];
GRANT SELECT ON dbo.[Client] TO [forecast];
