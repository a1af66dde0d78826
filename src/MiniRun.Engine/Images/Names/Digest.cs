using System.Security.Cryptography;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Names;

/// <summary>
/// A content's name: "sha256:" and 64, or "sha512:" and 128, lower-case hexadecimal digits (image-spec, descriptor.md). Only a
/// whole and well-formed one exists, so its parts may be used as file names (CVE-2024-3727).
/// </summary>
public sealed record Digest
{
    private const int ShortLength = 12;
    private const int MostShown = 160;

    private Digest(string algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    /// <summary>"sha256" or "sha512".</summary>
    public string Algorithm { get; }

    public string Hex { get; }

    /// <summary>The 12 digits people see.</summary>
    public string Short => Hex[..ShortLength];

    /// <summary>The hash function to verify contents with.</summary>
    public HashAlgorithmName Function => Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    /// <summary>Reads a digest; <paramref name="subject"/> says in an error whose it is.</summary>
    /// <exception cref="MiniRunException">It is not one.</exception>
    public static Digest Parse(string text, string subject) =>
        TryParse(text) ?? throw new MiniRunException($"{subject}: invalid digest \"{text[..Math.Min(text.Length, MostShown)]}\": sha256: and 64, or sha512: and 128 lower-case hexadecimal digits are expected");

    /// <summary>Reads a digest; null where the text is none.</summary>
    public static Digest? TryParse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string algorithm = colon < 0 ? "" : text[..colon];
        int length = HexLength(algorithm);
        return length > 0 && IsHex(text.AsSpan(colon + 1), length) ? new Digest(algorithm, text[(colon + 1)..]) : null;
    }

    /// <summary>The digest whose digits these are, by their number; null where it is no digest's.</summary>
    public static Digest? OfHex(string hex) => TryParse($"sha256:{hex}") ?? TryParse($"sha512:{hex}");

    /// <summary>Whether these are the contents it names.</summary>
    public bool IsOf(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(Algorithm == "sha512" ? SHA512.HashData(bytes) : SHA256.HashData(bytes)) == Hex;

    /// <summary>The SHA-256 of some bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes) => OfHash(SHA256.HashData(bytes));

    /// <summary>The digest a hash function has computed.</summary>
    public static Digest OfHash(ReadOnlySpan<byte> hash) =>
        new(hash.Length == SHA512.HashSizeInBytes ? "sha512" : "sha256", Convert.ToHexStringLower(hash));

    /// <summary>Whether a text is exactly so many lower-case hexadecimal digits.</summary>
    public static bool IsHex(ReadOnlySpan<char> text, int length)
    {
        bool valid = text.Length == length;
        foreach (char c in text)
        {
            valid &= char.IsAsciiHexDigitLower(c);
        }

        return valid;
    }

    /// <summary>"algorithm:hex".</summary>
    public override string ToString() => $"{Algorithm}:{Hex}";

    private static int HexLength(string algorithm) => algorithm switch
    {
        "sha256" => 2 * SHA256.HashSizeInBytes,
        "sha512" => 2 * SHA512.HashSizeInBytes,
        _ => 0,
    };
}
