using MiniRun.Linux;

namespace MiniRun.Engine.Images.Names;

/// <summary>
/// An image's full name, from what docker's users write: "ubuntu" is docker.io/library/ubuntu:latest. Source: the grammar of
/// distribution/reference.
/// </summary>
public sealed record ImageReference
{
    /// <summary>The registry of names without one.</summary>
    public const string DefaultDomain = "docker.io";

    private const string OfficialPrefix = "library/";
    private const string DefaultTag = "latest";
    private const int MaxTextLength = 1024;

    private ImageReference(string domain, string path, string? tag, Digest? digest)
    {
        Domain = domain;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The registry: a host name or address, and a port if one was given.</summary>
    public string Domain { get; }

    /// <summary>The repository within the registry.</summary>
    public string Path { get; }

    /// <summary>Null only where a digest was given without one.</summary>
    public string? Tag { get; }

    public Digest? Digest { get; }

    /// <summary>Domain and path.</summary>
    public string Repository => $"{Domain}/{Path}";

    /// <summary>The repository as people write it: without docker.io/ and library/.</summary>
    public string FamiliarRepository => Domain != DefaultDomain ? Repository
        : Path.StartsWith(OfficialPrefix, StringComparison.Ordinal) && Path.IndexOf('/', OfficialPrefix.Length) < 0 ? Path[OfficialPrefix.Length..]
        : Path;

    /// <summary>The name as people write it, with its tag or digest.</summary>
    public string Familiar => $"{FamiliarRepository}{Suffix}";

    /// <summary>What a registry is asked for: the digest where there is one, else the tag.</summary>
    public string TagOrDigest => Digest?.ToString() ?? Tag!;

    private string Suffix => Digest is null ? $":{Tag}" : $"@{Digest}";

    /// <summary>Reads a name; one without tag and digest gets ":latest".</summary>
    /// <exception cref="MiniRunException">It is none; the message says which part is wrong.</exception>
    public static ImageReference Parse(string text)
    {
        if (text.Length is 0 or > MaxTextLength)
        {
            throw Invalid(text, text.Length == 0 ? "it is empty" : $"it is longer than {MaxTextLength} characters");
        }

        string rest = text;
        Digest? digest = TakeDigest(text, ref rest);
        string? tag = TakeTag(text, ref rest);
        string domain = TakeDomain(text, ref rest);
        string path = domain == DefaultDomain && !rest.Contains('/', StringComparison.Ordinal) ? OfficialPrefix + rest : rest;
        RepositoryGrammar.Check(text, rest, path);
        return new ImageReference(domain, path, tag ?? (digest is null ? DefaultTag : null), digest);
    }

    /// <summary>The same repository under a digest alone.</summary>
    public ImageReference At(Digest digest) => new(Domain, Path, null, digest);

    /// <summary>The whole name: domain, path, and tag or digest.</summary>
    public override string ToString() => $"{Repository}{Suffix}";

    internal static MiniRunException Invalid(string text, string reason) =>
        new($"invalid reference format: \"{text[..Math.Min(text.Length, 160)]}\": {reason}");

    private static Digest? TakeDigest(string text, ref string rest)
    {
        int at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string digest = rest[(at + 1)..];
        rest = rest[..at];
        return Names.Digest.TryParse(digest) ?? throw Invalid(text, "what follows @ is no digest: sha256: and 64, or sha512: and 128 lower-case hexadecimal digits are expected");
    }

    private static string? TakeTag(string text, ref string rest)
    {
        int colon = rest.LastIndexOf(':');
        if (colon < 0 || rest.IndexOf('/', colon) >= 0)
        {
            return null;
        }

        string tag = rest[(colon + 1)..];
        rest = rest[..colon];
        return TagGrammar.IsTag(tag)
            ? tag
            : throw Invalid(text, "the tag must be at most 128 letters, digits, \"_\", \".\" and \"-\", and not begin with \".\" or \"-\"");
    }

    private static string TakeDomain(string text, ref string rest)
    {
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : rest[..slash];
        if (!DomainGrammar.LooksLikeDomain(first))
        {
            return DefaultDomain;
        }

        rest = rest[(slash + 1)..];
        if (!DomainGrammar.IsDomain(first))
        {
            throw Invalid(text, $"\"{first}\" is no registry: a host name or address is expected, and a port behind \":\" if need be");
        }

        return first == "index.docker.io" ? DefaultDomain : first;
    }
}
