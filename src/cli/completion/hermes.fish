# Completion of hermes for fish. Try it:  hermes completion fish | source
# Keep it:  hermes completion fish > ~/.config/fish/completions/hermes.fish

function __hermes_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l lines ($words[1] __complete "=$typed" $words[2..-1] 2>/dev/null)
    switch "$lines[1]"
        case :files
            __fish_complete_path $typed
        case :folders
            __fish_complete_directories $typed
        case :words
            # fish knows "value<tab>explanation" itself.
            test (count $lines) -gt 1; and printf '%s\n' $lines[2..-1]
    end
end

complete -c hermes -e
complete -c hermes -f -k -a '(__hermes_complete)'
