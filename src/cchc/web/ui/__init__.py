"""What every site is built from: components, access, forms, limits. Knows no site."""
