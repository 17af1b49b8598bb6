### Every word of the web chat.

web-name = Zhice
web-tagline = IP policy answers
web-title = Zhice · intellectual property policy
web-description = Ask in one sentence; get the clause itself, its source and the next step.
web-skip = Skip to the question box
web-conversation = Conversation
web-you = You
web-no-script = This page needs JavaScript to talk with you.

## Beginning

web-welcome = Which policy do you want to know about?
web-samples = You could ask
web-sample-1 = { sample-finance }
web-sample-2 = { sample-preexam }
web-sample-3 = { sample-talent }

## Writing

web-input = Your question
web-placeholder = Ask about a policy
web-send = Send
web-too-long = Too long: { $count } of { $limit } characters. Please shorten it before sending.
web-length = { $count } / { $limit }
web-small-print = Quoted from policy documents; the text published by the issuing authority prevails.

## One message

web-sending = Sending
web-unsent = Not delivered. Tap to retry
web-refused = This message cannot be sent
web-chosen = Chosen: { $label }
web-typing = Looking it up…
web-new = New message
web-copy = Copy
web-copy-label = Copy the answer with its source
web-copied = Copied
web-copy-failed = Could not copy; please select the text yourself
web-cited = From Zhice, { $date }
web-choices = Choices
web-opens = (opens in a new window)
web-today = Today
web-updated = The answer above has changed

## Connection

web-offline = Offline, reconnecting…
web-connecting = Connecting…
web-online = Connected again
web-retry = Try now
web-many-sessions = Many new conversations have come from this network. Please come back in a while, or try another network.
web-slow-down = That was quick; it will be delivered in a moment.

## Clearing

web-clear = Clear and start again
web-clear-question = Clear this conversation?
web-clear-explained = It will be deleted from this device and from our server, and cannot be brought back.
web-clear-yes = Clear
web-clear-no = Keep
web-clear-failed = It could not be cleared just now. Please try again later.

## Language

web-language = Language
web-language-zh-CN = 简体中文
web-language-zh-TW = 繁體中文
web-language-en = English
web-language-short-zh-CN = 简
web-language-short-zh-TW = 繁
web-language-short-en = EN

## Embedding

web-embed-open = Open policy questions
web-embed-close = Close policy questions
web-embed-panel = Zhice policy questions
web-embed-title = Put Zhice on your website
web-embed-how = Put this line before </body>; a round button appears in the lower right corner:
web-embed-language = The language follows the page's lang attribute; data-lang overrides it.
web-embed-allow = Ask the administrator to add your address to EMBED_ORIGINS first.
web-embed-try = Try the button in the lower right corner.

## Errors

web-lost = There is no such page
web-lost-hint = The address may be wrong, or the page has moved.
web-broken = The page cannot be opened just now
web-broken-hint = It has been noted. Please try again later.
web-home = Ask a question

## Files

web-files = Files to send
web-attach = Attach files
web-attach-how = Choose files or photos, several if you like. You can also drop them on the page or paste a picture.
web-drop = Let go to send these files
web-file-going = Uploading, { $percent }%
web-file-done = Uploaded
web-files-sent = Files sent: { $count }
web-file-gone = { $name } was cancelled
web-file-cancel = Cancel upload of
web-file-drop = Remove
web-file-retry = Try again
web-file-busy = Not there yet, trying again…
web-file-unsent = It did not get through. Please check your connection and try again.
web-file-many = Too many files came within an hour. Please send this one later, or bring it on paper.
web-file-too-large = { upload-too-large }
web-file-empty = { upload-empty }
web-file-beyond = At most { $most } files go at once. Please send this one next time.
