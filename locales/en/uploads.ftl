# What is said when a file cannot be used.

upload-empty = This file is empty. Please check that it opens, and send it again.
upload-too-large = This file is larger than { $megabytes } MB. Please compress or split it and send it again.
upload-kind = This is not a file we can use. Please send PDF, Word (docx), Excel (xlsx), JPG or PNG; save older formats as one of these first.
upload-damaged = This file seems to be damaged. Please open it on a computer, save it anew and send that copy.
upload-packed = This file holds too much or is built in an unusual way, so we cannot take it. Please save it as PDF and send that.
upload-locked = This file has a password. Please remove it and send the file again.
upload-macros = This file holds macros, scripts or embedded programs, so we cannot take it. Please save it as a plain document or PDF and send that.
upload-external = This file fetches something from elsewhere when it is opened, so we cannot take it. Please save it as PDF and send that.
upload-picture = This picture is too large. Please make it smaller or take another, and send that.
upload-too-much = Checking this file took too long, so it was not taken. Please save it as PDF or make it smaller, and send it again.

file-gone = This file cannot be had any more. Please send it again.
file-unreachable = This file cannot be had just now. Please send it again a little later.
file-not-taken = “{ $name }” was not taken: { $reason }
file-unnamed = This file
file-beyond = “{ $name }” was not taken: the last question has all its files. To change them, choose “Back”.
file-most = An application may have { $most } files. You may join them into one PDF, or bring them on paper.
file-day = We take { $megabytes } MB of files a day, and that is reached. Please send it tomorrow, or bring it on paper.
