namespace MiniRun.Engine.Registries.Configuration;

/// <summary>
/// Where a mirror is: "https://m.example", with a path that comes before every repository's name ("https://m.example/cache", as
/// harbor and podman have it), or with the API's own place if that is not /v2 ("https://m.example/api/docker/v2", as containerd has it).
/// </summary>
public sealed record MirrorAddress
{
    private MirrorAddress(string text, Uri address)
    {
        Text = text;
        Scheme = address.Scheme;
        Authority = address.Authority;
        string path = address.AbsolutePath.Trim('/');
        bool isApi = path == "v2" || path.EndsWith("/v2", StringComparison.Ordinal);
        ApiPath = isApi ? $"/{path}/" : "/v2/";
        Prefix = isApi || path.Length == 0 ? "" : path + "/";
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>"http" or "https".</summary>
    public string Scheme { get; }

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>Where the API begins, "/v2/".</summary>
    public string ApiPath { get; }

    /// <summary>What comes before a repository's name: "" or "cache/".</summary>
    public string Prefix { get; }

    /// <summary>Reads an address; null where the text is none.</summary>
    public static MirrorAddress? TryParse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
            ? new MirrorAddress(text, address)
            : null;
}
