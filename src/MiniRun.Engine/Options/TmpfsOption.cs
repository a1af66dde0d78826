namespace MiniRun.Engine.Options;

/// <summary>--tmpfs DESTINATION[:OPTIONS]; the options are mount(8)'s.</summary>
public static class TmpfsOption
{
    private static readonly string[] s_defaults = ["noexec", "nosuid", "nodev"];

    /// <exception cref="OptionException">The destination is not absolute, or an option is not one of a tmpfs.</exception>
    public static TmpfsMount Parse(string text, string option)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string destination = colon < 0 ? text : text[..colon];
        string[] words = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new TmpfsMount
        {
            Destination = UserMount.CheckedDestination(destination, text, option),
            Options = Merge(words, text, option),
            Origin = $"{option} {text}",
        };
    }

    /// <summary>The user's words after docker's defaults, leaving out the defaults they contradict.</summary>
    internal static IReadOnlyList<string> Merge(IReadOnlyList<string> words, string text, string option)
    {
        List<string> merged = [];
        foreach (string word in s_defaults)
        {
            string opposite = word[2..];
            if (!words.Contains(opposite) && !words.Contains(word))
            {
                merged.Add(word);
            }
        }

        merged.AddRange(Checked(words, option, text));
        return merged;
    }

    /// <summary>The words, if all of them are a tmpfs's.</summary>
    /// <exception cref="OptionException">One is not.</exception>
    internal static IReadOnlyList<string> Checked(IReadOnlyList<string> words, string option, string text)
    {
        foreach (string word in words)
        {
            if (!IsKnown(word))
            {
                throw new OptionException(option, text, $"invalid tmpfs option \"{word}\"");
            }
        }

        return words;
    }

    private static bool IsKnown(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? word is "ro" or "rw" or "exec" or "noexec" or "suid" or "nosuid" or "dev" or "nodev" or "sync" or "async" or "dirsync"
                or "atime" or "noatime" or "diratime" or "nodiratime" or "relatime" or "norelatime" or "strictatime" or "nostrictatime"
                || Propagation.IsWord(word)
            : word[..equals] is "size" or "mode" or "uid" or "gid" or "nr_inodes" or "nr_blocks" or "mpol" or "huge";
    }
}
