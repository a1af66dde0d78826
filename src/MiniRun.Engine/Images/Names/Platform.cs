using System.Buffers;
using System.Runtime.InteropServices;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Names;

/// <summary>What an image is built for, in Go's words: "linux/arm64/v8".</summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    private static readonly SearchValues<char> s_letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>This machine's.</summary>
    public static Platform Host { get; } = new("linux", OfThisMachine());

    /// <summary>Reads --platform: "os/architecture[/variant]", or an architecture alone.</summary>
    /// <exception cref="MiniRunException">It is not such a text.</exception>
    public static Platform Parse(string text)
    {
        string[] parts = text.Split('/');
        foreach (string part in parts)
        {
            if (part.Length is 0 or > 32 || part.AsSpan().IndexOfAnyExcept(s_letters) >= 0)
            {
                throw Invalid(text);
            }
        }

        return parts switch
        {
            ["linux"] => Host,
            [string architecture] => Normalized("linux", architecture, null),
            [string os, string architecture] => Normalized(os, architecture, null),
            [string os, string architecture, string variant] => Normalized(os, architecture, variant),
            _ => throw Invalid(text),
        };
    }

    /// <summary>Whether an image for another platform can be used where this one is asked for; without a variant asked for, any is good.</summary>
    public bool Accepts(Platform offered) =>
        Os == offered.Os && Architecture == offered.Architecture && (Variant is null || offered.Variant is null || Variant == offered.Variant);

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static MiniRunException Invalid(string text) => new($"invalid platform \"{text}\": os/architecture[/variant] is expected, such as linux/amd64");

    private static Platform Normalized(string os, string architecture, string? variant)
    {
        string system = os.ToLowerInvariant();
        string machine = architecture.ToLowerInvariant();
        string? kind = variant?.ToLowerInvariant();
        return machine switch
        {
            "x86_64" or "x86-64" => new Platform(system, "amd64", kind),
            "aarch64" or "arm64" => new Platform(system, "arm64", kind is "8" or "v8" ? null : kind),
            _ => new Platform(system, machine, kind),
        };
    }

    private static string OfThisMachine() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture other => other.ToString().ToLowerInvariant(),
    };
}
