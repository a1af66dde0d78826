namespace MiniRun.Engine.Options;

/// <summary>--sysctl NAME=VALUE.</summary>
public readonly record struct SysctlSetting(string Name, string Value)
{
    /// <exception cref="OptionException">There is no "=" or no name.</exception>
    public static SysctlSetting Parse(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new SysctlSetting(text[..equals].Replace('/', '.'), text[(equals + 1)..])
            : throw new OptionException(option, text, "write NAME=VALUE, such as net.core.somaxconn=1024");
    }
}
