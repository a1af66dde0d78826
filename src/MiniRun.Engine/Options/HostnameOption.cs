namespace MiniRun.Engine.Options;

/// <summary>--hostname and --domainname: what sethostname(2) and name services take.</summary>
public static class HostnameOption
{
    private const int MaxLength = 64; // __NEW_UTS_LEN

    /// <exception cref="OptionException">It is empty, too long, or has characters no host is called by.</exception>
    public static string Parse(string text, string option)
    {
        bool valid = text.Length is > 0 and <= MaxLength && text[0] is not ('-' or '.');
        foreach (char c in text)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
        }

        return valid ? text : throw new OptionException(option, text, $"give 1 to {MaxLength} letters, digits, dots and hyphens");
    }
}
