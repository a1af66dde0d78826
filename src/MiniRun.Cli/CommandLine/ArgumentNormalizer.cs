using System.CommandLine;

namespace MiniRun.Cli.CommandLine;

/// <summary>
/// Reads a command line by docker's rules (those of Go's pflag) and writes it down so that System.CommandLine cannot
/// read it differently: "-itm512m" becomes "--interactive --tty --memory=512m", a switch never takes the next word,
/// the last of a single-valued option counts, and what follows the first argument of `run` is the program's.
/// </summary>
internal sealed class ArgumentNormalizer
{
    private readonly DockerCommand _command;
    private readonly List<string> _options = [];
    private readonly List<string> _arguments = [];

    private ArgumentNormalizer(DockerCommand command)
    {
        _command = command;
    }

    /// <exception cref="UsageException">A flag is unknown or lacks its value.</exception>
    internal static List<string> Normalize(DockerCommand command, ReadOnlySpan<string> words)
    {
        var normalizer = new ArgumentNormalizer(command);
        normalizer.Read(words);
        return [.. normalizer._options, "--", .. normalizer._arguments];
    }

    private void Read(ReadOnlySpan<string> words)
    {
        while (!words.IsEmpty)
        {
            string word = words[0];
            words = words[1..];
            if (word == "--")
            {
                _arguments.AddRange(words);
                return;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                _arguments.Add(word);
                if (!_command.OptionsAnywhere)
                {
                    _arguments.AddRange(words);
                    return;
                }
            }
            else if (word[1] == '-')
            {
                ReadLong(word, ref words);
            }
            else
            {
                ReadShort(word, ref words);
            }
        }
    }

    private void ReadLong(string word, ref ReadOnlySpan<string> words)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        Option option = Find(name) ?? throw new UsageException($"unknown flag: {name}; {SeeHelp}");
        string? value = equals < 0 ? null : word[(equals + 1)..];
        if (value is null && !IsSwitch(option))
        {
            value = Next(ref words) ?? throw new UsageException($"flag needs an argument: {name}; {SeeHelp}");
        }

        Add(option, value);
    }

    private void ReadShort(string word, ref ReadOnlySpan<string> words)
    {
        for (int i = 1; i < word.Length; i++)
        {
            Option option = Find($"-{word[i]}") ?? throw new UsageException($"unknown shorthand flag: '{word[i]}' in {word}; {SeeHelp}");
            bool last = i + 1 == word.Length;
            if (!last && word[i + 1] == '=')
            {
                Add(option, word[(i + 2)..]);
                return;
            }

            if (IsSwitch(option))
            {
                Add(option, null);
                continue;
            }

            string? value = last ? Next(ref words) : word[(i + 1)..];
            Add(option, value ?? throw new UsageException($"flag needs an argument: '{word[i]}' in {word}; {SeeHelp}"));
            return;
        }
    }

    private string SeeHelp => $"see 'minirun {_command.Name} --help'";

    private static string? Next(ref ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
        {
            return null;
        }

        string next = words[0];
        words = words[1..];
        return next;
    }

    private void Add(Option option, string? value)
    {
        if (IsSwitch(option))
        {
            value = value switch
            {
                null or "1" or "t" or "T" or "true" or "TRUE" or "True" => "true",
                "0" or "f" or "F" or "false" or "FALSE" or "False" => "false",
                _ => throw new UsageException($"invalid argument \"{value}\" for {option.Name}: give true or false"),
            };
        }

        if (option.Arity.MaximumNumberOfValues == 1)
        {
            RemoveEarlier(option.Name);
        }

        // Joined, because a value such as "-1" or "--rm" must stay a value; an empty one can only stand alone.
        if (value!.Length > 0)
        {
            _options.Add($"{option.Name}={value}");
        }
        else
        {
            _options.Add(option.Name);
            _options.Add("");
        }
    }

    private void RemoveEarlier(string name)
    {
        for (int i = _options.Count - 1; i >= 0; i--)
        {
            if (_options[i] == name)
            {
                _options.RemoveRange(i, 2);
            }
            else if (_options[i].Length > name.Length && _options[i][name.Length] == '=' && _options[i].StartsWith(name, StringComparison.Ordinal))
            {
                _options.RemoveAt(i);
            }
        }
    }

    private Option? Find(string name)
    {
        foreach (Option option in _command.Options)
        {
            if (option.Name == name || option.Aliases.Contains(name))
            {
                return option;
            }
        }

        return null;
    }

    private static bool IsSwitch(Option option) => option is Option<bool> || option.Arity.MaximumNumberOfValues == 0;
}
