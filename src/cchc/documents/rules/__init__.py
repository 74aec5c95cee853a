"""What is arithmetic about papers: fields of the forms, phrases, numbers, digests, QR codes. No Django, no clock."""
