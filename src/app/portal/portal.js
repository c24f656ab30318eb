/*
 * What makes the forms quicker; every page works without it. Written for browsers of ten years ago: no bundler,
 * no library, no word that an old phone does not know.
 */
(function () {
  var root = document.documentElement;

  /* The few words that the script itself puts on the page. */
  var english = {
    '不清楚是哪个村': 'Not sure which village',
    '先选乡镇': 'Choose a township first',
    '村名或拼音': 'Village, in Chinese or pinyin',
    '例如：柳河、lh': 'e.g. liuhe, lh',
    '按乡镇选': 'Choose by township',
    '选了': 'Chosen: ',
    '找到 ': 'Found: ',
    ' 个，按下移键去选': '; press the down key to choose',
    '选了 ': 'Chosen: ',
    ' 张': '',
    '，多的没有选上': ', the others were left out',
    '没有找到，请按乡镇选': 'Not found; please choose by township'
  };
  function t(sentence) {
    return root.lang === 'en' ? english[sentence] : sentence;
  }

  function each(list, act) {
    for (var i = 0; i < list.length; i++) act(list[i]);
  }

  function get(address, then) {
    var request = new XMLHttpRequest();
    request.open('GET', address);
    request.onload = function () {
      if (request.status === 200 && then) then(JSON.parse(request.responseText).places);
    };
    request.send();
    return request;
  }

  /* Type size and colours change in place, so that nothing typed is lost; the link keeps the choice in a cookie. */
  each(document.querySelectorAll('[data-look]'), function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
      var name = link.getAttribute('data-look');
      var on = link.getAttribute('data-on');
      var turnOn = root.getAttribute('data-' + name) !== on;
      if (turnOn) root.setAttribute('data-' + name, on);
      else root.removeAttribute('data-' + name);
      get('/look?to=/&' + name + '=' + (turnOn ? on : link.getAttribute('data-off')));
      link.textContent = link.getAttribute('data-words').split('|')[turnOn ? 1 : 0];
    });
  });

  /* A slow network makes people press twice. The form says that it is on its way; going back wakes it again. */
  each(document.querySelectorAll('form[method=post]'), function (form) {
    form.addEventListener('submit', function () {
      setTimeout(function () {
        each(form.querySelectorAll('button'), function (button) {
          button.disabled = true;
        });
        form.setAttribute('aria-busy', 'true');
      }, 0);
    });
  });
  window.addEventListener('pageshow', function () {
    each(document.querySelectorAll('form[aria-busy]'), function (form) {
      form.removeAttribute('aria-busy');
      each(form.querySelectorAll('button'), function (button) {
        button.disabled = false;
      });
    });
  });

  var faults = document.getElementById('faults');
  if (faults) faults.focus();

  /* Pictures are made small before they travel: a village's network is slow. What cannot be done here the house does. */
  var photos = document.getElementById('photos');
  var SIDE = 1600;
  var SMALL_ENOUGH = 600000;
  var strip = document.createElement('p');
  if (photos && window.DataTransfer && window.URL && document.createElement('canvas').toBlob) {
    strip.className = 'pictures';
    strip.setAttribute('role', 'status');
    photos.parentNode.insertBefore(strip, photos.nextSibling);
    photos.addEventListener('change', function () {
      var most = Number(photos.getAttribute('data-most'));
      var chosen = Array.prototype.slice.call(photos.files, 0, most);
      var made = [];
      var left = chosen.length;
      var cut = photos.files.length - chosen.length;
      strip.innerHTML = '';
      each(chosen, function (file) {
        shrunk(file, function (small) {
          made[chosen.indexOf(file)] = small;
          left -= 1;
          if (left === 0) put(made, cut);
        });
      });
    });
  }
  function put(files, cut) {
    var list = new DataTransfer();
    each(files, function (file) {
      list.items.add(file);
      var picture = new Image();
      picture.src = URL.createObjectURL(file);
      picture.alt = '';
      strip.appendChild(picture);
    });
    photos.files = list.files;
    var told = document.createElement('span');
    told.textContent = t('选了 ') + files.length + t(' 张') + (cut > 0 ? t('，多的没有选上') : '');
    strip.appendChild(told);
  }
  function shrunk(file, then) {
    if (file.size <= SMALL_ENOUGH) return then(file);
    var picture = new Image();
    var address = URL.createObjectURL(file);
    function asItIs() {
      URL.revokeObjectURL(address);
      then(file);
    }
    picture.onerror = asItIs;
    picture.onload = function () {
      var scale = Math.min(1, SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
      var canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.naturalWidth * scale);
      canvas.height = Math.round(picture.naturalHeight * scale);
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(
        function (blob) {
          if (!blob || blob.size >= file.size) return asItIs();
          URL.revokeObjectURL(address);
          then(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
        },
        'image/jpeg',
        0.82
      );
    };
    picture.src = address;
  }

  /* Whether others said the same, said gently and only where several did; asked once the words have rested. */
  var what = document.getElementById('what');
  var alike = document.getElementById('alike');
  if (what && alike && window.FormData) {
    var resting;
    var last = '';
    var look = function () {
      clearTimeout(resting);
      resting = setTimeout(function () {
        var data = new FormData();
        var place = document.getElementById('village').value;
        var said = place + what.value;
        if (!place || what.value.length < 6 || said === last) return;
        last = said;
        data.append('what', what.value);
        data.append('village', place);
        data.append('spot', document.getElementById('spot').value);
        var request = new XMLHttpRequest();
        request.open('POST', '/say/alike');
        request.onload = function () {
          if (request.status !== 200) return;
          var sentence = JSON.parse(request.responseText).sentence;
          alike.hidden = !sentence;
          alike.textContent = sentence || '';
        };
        request.send(data);
      }, 800);
    };
    each([what, document.getElementById('spot'), document.getElementById('village')], function (field) {
      field.addEventListener('input', look);
      field.addEventListener('change', look);
      field.addEventListener('blur', look);
    });
    var placeField = document.getElementById('place');
    if (placeField) placeField.addEventListener('focusout', look);
  }

  var township = document.getElementById('township');
  var village = document.getElementById('village');
  if (!township || !village) return;

  document.getElementById('list-villages').hidden = true;

  function fill(places, chosen) {
    village.options.length = 0;
    village.add(new Option(t(township.value ? '不清楚是哪个村' : '先选乡镇'), ''));
    each(places, function (place) {
      village.add(new Option(place.name, place.id, false, place.id === chosen));
    });
  }

  function list(chosen) {
    if (township.value)
      get('/places?township=' + township.value, function (places) {
        fill(places, chosen);
      });
    else fill([]);
  }
  township.addEventListener('change', function () {
    list();
  });

  /* A village by a part of its name or its pinyin: it brings its township along. */
  var box = document.createElement('div');
  box.className = 'field';
  box.innerHTML =
    '<label for="place-find">' + t('村名或拼音') + '</label>' +
    '<input id="place-find" autocomplete="off" placeholder="' + t('例如：柳河、lh') + '" aria-controls="place-hits">' +
    '<ul class="hits" id="place-hits" hidden></ul><p class="away" role="status"></p>';
  var pair = document.querySelector('#place .pair');
  pair.parentNode.insertBefore(box, pair);
  var bySelect = document.createElement('button');
  bySelect.type = 'button';
  bySelect.className = 'small';
  bySelect.textContent = t('按乡镇选');
  bySelect.addEventListener('click', function () {
    unfold();
    township.focus();
  });
  box.appendChild(bySelect);
  /* The selects stay folded until they are wanted, hold a choice or a fault. */
  pair.hidden = !township.value && !township.getAttribute('aria-invalid');
  bySelect.hidden = !pair.hidden;
  /* Folded away, a field that must be filled would stop the form without a word. */
  township.addEventListener('invalid', unfold);
  function unfold() {
    pair.hidden = false;
    bySelect.hidden = true;
  }
  var input = box.querySelector('input');
  var hits = box.querySelector('ul');
  var status = box.querySelector('[role=status]');
  var timer;
  var running;

  function choose(place) {
    unfold();
    township.value = place.township;
    list(place.id);
    input.value = place.name;
    hits.hidden = true;
    status.textContent = t('选了') + place.townshipName + place.name;
    input.focus();
  }

  function show(places) {
    hits.innerHTML = '';
    each(places, function (place) {
      var item = document.createElement('li');
      var button = document.createElement('button');
      button.type = 'button';
      button.appendChild(document.createTextNode(place.name));
      var where = document.createElement('small');
      where.textContent = place.townshipName;
      button.appendChild(where);
      button.addEventListener('click', function () {
        choose(place);
      });
      item.appendChild(button);
      hits.appendChild(item);
    });
    hits.hidden = places.length === 0;
    if (!places.length && input.value) unfold();
    status.textContent = places.length ? t('找到 ') + places.length + t(' 个，按下移键去选') : t('没有找到，请按乡镇选');
  }

  input.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (running) running.abort();
      var typed = input.value.replace(/\s/g, '');
      if (typed) running = get('/places?q=' + encodeURIComponent(typed), show);
      else show([]);
    }, 150);
  });

  box.addEventListener('keydown', function (event) {
    var key = event.key || '';
    var buttons = hits.hidden ? [] : hits.querySelectorAll('button');
    if (key.indexOf('Down') >= 0 || key.indexOf('Up') >= 0) {
      if (!buttons.length) return;
      event.preventDefault();
      var at = -1;
      each(buttons, function (button) {
        if (button === document.activeElement) at = Array.prototype.indexOf.call(buttons, button);
      });
      var next = key.indexOf('Down') >= 0 ? at + 1 : at - 1;
      (buttons[next] || input).focus();
    } else if (key === 'Enter' && event.target === input) {
      event.preventDefault();
      if (buttons.length) buttons[0].click();
    } else if (key.indexOf('Esc') === 0) {
      hits.hidden = true;
      input.focus();
    }
  });
})();
