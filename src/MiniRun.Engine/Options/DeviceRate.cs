namespace MiniRun.Engine.Options;

/// <summary>--device-read-bps and its kin: a block device and how much a second, in bytes or operations.</summary>
public readonly record struct DeviceRate(string Path, ulong Rate)
{
    /// <exception cref="OptionException">The path is not absolute or the rate is no size.</exception>
    public static DeviceRate ParseBytes(string text, string option) => Parse(text, option, static (rate, name) => ByteSize.Parse(rate, name).Bytes);

    /// <exception cref="OptionException">The path is not absolute or the rate is no number.</exception>
    public static DeviceRate ParseOperations(string text, string option) => Parse(text, option, static (rate, name) => OptionNumber.Parse(rate, name, 0, long.MaxValue));

    private static DeviceRate Parse(string text, string option, Func<string, string, long> parseRate)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !text.StartsWith('/'))
        {
            throw new OptionException(option, text, "write /dev/DEVICE:RATE, such as /dev/sda:5mb");
        }

        long rate = parseRate(text[(colon + 1)..], option);
        return rate > 0 ? new DeviceRate(text[..colon], (ulong)rate) : throw new OptionException(option, text, "the rate must be over 0");
    }
}
