# Completion of hermes for bash. Try it:  source <(hermes completion bash)
# Keep it:  hermes completion bash > ~/.local/share/bash-completion/completions/hermes

_hermes() {
  local word gap cut about line value typed kind rest=$COMP_LINE
  local -a words=() lines=()
  COMPREPLY=()

  # Bash also splits at "=" and ":". Put together again what no space separates.
  for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [[ -n $word ]]; then
      gap=${rest%%"$word"*}
      rest=${rest#*"$word"}
    else
      gap=" "
    fi
    if [[ -z $gap && ${#words[@]} -gt 1 ]]; then
      words[${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
  done
  typed=${words[${#words[@]}-1]}
  unset 'words[${#words[@]}-1]'
  # Readline replaces only the last of the split parts.
  word=${COMP_WORDS[COMP_CWORD]}
  [[ $word == [=:] ]] && word=
  cut=${typed%"$word"}

  while IFS= read -r line; do lines+=("$line"); done < <(
    "${words[@]:0:1}" __complete "=$typed" "${words[@]:1}" 2>/dev/null
  )
  kind=${lines[0]-}
  if [[ $kind == :files || $kind == :folders ]]; then
    compopt -o filenames 2>/dev/null
    [[ $kind == :files ]] && gap=-f || gap=-d
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$gap" -- "$word")
    return
  fi
  [[ $kind == :words ]] || return
  for line in "${lines[@]:1}"; do
    value=${line%%$'\t'*}
    about=${line#*$'\t'}
    value=${value#"$cut"}
    # Bash has no place for explanations but the list it shows when asked twice.
    if [[ ${#lines[@]} -gt 2 && -n $about && ${COMP_TYPE-} =~ ^(33|63|64)$ ]]; then
      value="$value  ($about)"
    else
      printf -v value %q "$value"
    fi
    COMPREPLY+=("$value")
  done
  # What ends so wants a value right behind it.
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
  return 0
}

complete -o nosort -F _hermes hermes 2>/dev/null || complete -F _hermes hermes
