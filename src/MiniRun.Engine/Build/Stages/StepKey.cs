using System.Text;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Build.Stages;

/// <summary>Names the outcome of a build step by all that goes into it: the step before, and what this one does.</summary>
public sealed record StepKey
{
    // What a step does may change with minirun: then no older entry counts.
    private const string Version = "minirun-build-2";

    private StepKey(string hex)
    {
        Hex = hex;
    }

    /// <summary>64 hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>The key of an image that a stage begins with; "scratch" of none.</summary>
    public static StepKey OfBase(string identity) => Of([Version, "from", identity]);

    /// <summary>The key after a step; its parts cannot run into each other.</summary>
    public StepKey After(params ReadOnlySpan<string> parts) => Of([Hex, .. parts]);

    private static StepKey Of(ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (string part in parts)
        {
            text.Append(part.Length).Append(':').Append(part).Append('\n');
        }

        return new StepKey(Digest.Of(Encoding.UTF8.GetBytes(text.ToString())).Hex);
    }
}
