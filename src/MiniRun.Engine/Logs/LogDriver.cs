namespace MiniRun.Engine.Logs;

/// <summary>Where a container's output is kept: docker's log drivers.</summary>
public enum LogDriver
{
    /// <summary>A JSON object a line in the container's folder, read by `logs`.</summary>
    JsonFile,

    /// <summary>Nowhere.</summary>
    None,
}
