namespace MiniRun.Engine.Options;

/// <summary>Whether a container has a namespace of its own.</summary>
public enum NamespaceChoice
{
    /// <summary>Not said: private, but for the user namespace, which root's containers share with the host.</summary>
    Default,

    Private,

    Host,

    /// <summary>Networks only: private, and the user said that nothing shall be reachable.</summary>
    None,
}
