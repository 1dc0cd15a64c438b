"""What a case waits for from somebody outside: a paper, an appointment, an answer.

On whom, since when and for what is told; that it was asked again, answered, or is awaited no more.
What nobody answered falls due, so that somebody asks again.
"""
