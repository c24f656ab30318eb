/*
 * The screen in the hall asks every moment what is called, and goes on where it was when the network or the server
 * comes back. The page is whole without it. Written like portal.js, for whatever box hangs behind a television.
 */
(function () {
  var EVERY_MS = 2000;
  var area = document.body.getAttribute('data-area');
  var words = JSON.parse(document.body.getAttribute('data-words'));
  var sound = false;
  var said = null;

  function by(id) {
    return document.getElementById(id);
  }
  function put(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, function (_, name) {
      return values[name];
    });
  }
  function element(name, text, kind) {
    var made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }
  function clear(node) {
    while (node.firstChild) node.removeChild(node.firstChild);
  }

  /* A number is read out figure by figure, as a person at the desk would. */
  function speak(call) {
    if (!sound || !window.speechSynthesis) return;
    var spoken = new SpeechSynthesisUtterance(
      words.now + ' ' + call.number.split('').join(' ') + ' ' + put(words.to, { desk: call.desk })
    );
    spoken.lang = document.documentElement.lang;
    window.speechSynthesis.speak(spoken);
  }

  function show(screen) {
    var first = screen.calls[0];
    var now = by('now');
    clear(now);
    now.className = first ? 'now' : 'now none';
    if (first) {
      now.appendChild(element('p', words.now));
      now.appendChild(element('b', first.number));
      now.appendChild(element('p', put(words.to, { desk: first.desk })));
      now.appendChild(element('p', first.unit, 'unit'));
    } else now.appendChild(element('b', words.none));

    var before = by('before');
    clear(before);
    for (var i = 1; i < screen.calls.length; i++) {
      var line = element('li', screen.calls[i].number);
      line.appendChild(element('span', put(words.desk, { desk: screen.calls[i].desk })));
      before.appendChild(line);
    }

    var desks = by('desks');
    clear(desks);
    for (var d = 0; d < screen.desks.length; d++) {
      var one = screen.desks[d];
      var item = document.createElement('li');
      item.appendChild(element('b', one.code + ' ' + one.unit));
      item.appendChild(
        element(
          'span',
          !one.manned ? words.empty : one.waiting === 0 ? words.nobody : put(words.waiting, { n: one.waiting })
        )
      );
      desks.appendChild(item);
    }
    by('clock').textContent = new Date(screen.now).toLocaleTimeString('zh-CN', {
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: 'Asia/Shanghai'
    });

    /* Said once for each call; called again it is said again. What was called before the screen came on is not. */
    var called = screen.calls.filter(function (call) {
      return call.called;
    });
    var newest = called.length > 0 ? called[0].at : '';
    if (said !== null)
      for (var c = called.length - 1; c >= 0; c--) if (called[c].at > said) speak(called[c]);
    if (said === null || newest > said) said = newest;
  }

  function ask() {
    var request = new XMLHttpRequest();
    request.open('GET', '/api/halls/' + area + '/screen');
    request.timeout = 8000;
    request.onload = function () {
      if (request.status === 200) {
        by('lost').textContent = '';
        show(JSON.parse(request.responseText));
      } else by('lost').textContent = words.lost;
      setTimeout(ask, EVERY_MS);
    };
    request.onerror = request.ontimeout = function () {
      by('lost').textContent = words.lost;
      setTimeout(ask, EVERY_MS);
    };
    request.send();
  }

  by('sound').hidden = !window.speechSynthesis;
  by('sound').addEventListener('click', function () {
    sound = !sound;
    by('sound').setAttribute('aria-pressed', String(sound));
    by('sound').textContent = sound ? words.quiet : words.loud;
  });
  setTimeout(ask, EVERY_MS);
})();
