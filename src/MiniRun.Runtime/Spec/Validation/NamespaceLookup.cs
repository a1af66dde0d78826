namespace MiniRun.Runtime.Spec.Validation;

/// <summary>Questions about linux.namespaces that many rules ask.</summary>
internal static class NamespaceLookup
{
    /// <summary>The entry of a type, or null.</summary>
    public static NamespaceSpec? Find(this LinuxSpec linux, NamespaceType type)
    {
        for (int i = 0; i < linux.Namespaces.Count; i++)
        {
            if (linux.Namespaces[i].Type == type)
            {
                return linux.Namespaces[i];
            }
        }

        return null;
    }

    /// <summary>Whether the container does not share this namespace with the runtime: it is new or joined.</summary>
    public static bool Has(this LinuxSpec linux, NamespaceType type) => linux.Find(type) is not null;

    /// <summary>Whether the namespace is new.</summary>
    public static bool Makes(this LinuxSpec linux, NamespaceType type) => linux.Find(type) is { Path: null or "" };
}
