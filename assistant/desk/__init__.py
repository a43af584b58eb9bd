"""The helpline desk: from an enquiry to an approved reply, the cases these belong to, and what can be learned from them."""
