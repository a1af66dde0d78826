using System.Text;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>The document's own members. Source: config.md.</summary>
internal static class DocumentRules
{
    /// <summary>Bytes of a host or domain name: __NEW_UTS_LEN.</summary>
    private const int LongestName = 64;

    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        if (!OciVersion.IsSupported(spec.OciVersion))
        {
            problems.Add("ociVersion", $"{Shown.Quote(spec.OciVersion)} is not supported; minirun reads 1.x");
        }

        if (spec.Root is null)
        {
            problems.Add("root", "required, but missing");
        }
        else if (PathText.ProblemOf(spec.Root.Path) is { } wrong)
        {
            problems.Add("root.path", wrong);
        }

        if (spec.Process is null)
        {
            problems.Add("process", "required, but missing");
        }

        if (spec.Annotations.ContainsKey(""))
        {
            problems.Add("annotations", "a key must not be empty");
        }

        CheckName("hostname", spec.Hostname, spec, problems);
        CheckName("domainname", spec.Domainname, spec, problems);
    }

    private static void CheckName(string path, string? name, RuntimeSpec spec, SpecProblems problems)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            problems.Add(path, $"longer than {LongestName} bytes");
        }

        if (!spec.Linux.Has(NamespaceType.Uts))
        {
            problems.Add(path, "needs a uts namespace in linux.namespaces, or the host would be renamed");
        }
    }
}
