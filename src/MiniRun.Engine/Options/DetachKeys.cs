namespace MiniRun.Engine.Options;

/// <summary>--detach-keys: the keys that leave a container's terminal without ending its program, as the bytes they send.</summary>
public static class DetachKeys
{
    /// <summary>docker's: Ctrl-P, Ctrl-Q.</summary>
    public static readonly byte[] Default = [0x10, 0x11];

    private const string Control = "ctrl-";

    /// <summary>Parses keys separated by commas: a character, or "ctrl-" and one of a-z @ [ \ ] ^ _. An empty text is no keys at all.</summary>
    /// <exception cref="OptionException">A key is neither.</exception>
    public static byte[] Parse(string text, string option)
    {
        if (text.Length == 0)
        {
            return [];
        }

        string[] keys = text.Split(',');
        var bytes = new byte[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            bytes[i] = Key(keys[i]) ?? throw new OptionException(option, text, $"\"{keys[i]}\" is no key: give a character or ctrl- and one of a-z, @, [, \\, ], ^ or _, such as ctrl-p,ctrl-q");
        }

        return bytes;
    }

    private static byte? Key(string key)
    {
        if (key.Length == 1)
        {
            return key[0] < 0x80 ? (byte)key[0] : null;
        }

        if (key.Length != Control.Length + 1 || !key.StartsWith(Control, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        char letter = char.ToLowerInvariant(key[^1]);
        return letter is (>= 'a' and <= 'z') or '@' or '[' or '\\' or ']' or '^' or '_' ? (byte)(letter & 0x1f) : null;
    }
}
