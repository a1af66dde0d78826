namespace MiniRun.Runtime.Lifecycle;

/// <summary>What <see cref="ContainerWatch.Next"/> waited for.</summary>
public enum ContainerEvent
{
    /// <summary>The time was up.</summary>
    Interval,

    /// <summary>The kernel killed a process for lack of memory.</summary>
    OomKill,

    /// <summary>The container ended.</summary>
    End,
}
