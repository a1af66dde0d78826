using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Build.Arguments;

/// <summary>Build arguments that nobody declares: the proxies', and what the build is for.</summary>
internal static class PredefinedArguments
{
    /// <summary>Usable in every RUN without an ARG; they leave no trace in the image's history nor in the cache.</summary>
    internal static readonly IReadOnlyList<string> Proxies =
    [
        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy",
    ];

    internal static bool IsProxy(string name) => Proxies.Contains(name);

    /// <summary>What FROM lines see without an ARG, and stages with one.</summary>
    internal static Dictionary<string, string?> OfPlatforms(Platform build, Platform target) => new(StringComparer.Ordinal)
    {
        ["BUILDPLATFORM"] = build.ToString(),
        ["BUILDOS"] = build.Os,
        ["BUILDOSVERSION"] = "",
        ["BUILDARCH"] = build.Architecture,
        ["BUILDVARIANT"] = build.Variant ?? "",
        ["TARGETPLATFORM"] = target.ToString(),
        ["TARGETOS"] = target.Os,
        ["TARGETOSVERSION"] = "",
        ["TARGETARCH"] = target.Architecture,
        ["TARGETVARIANT"] = target.Variant ?? "",
    };
}
