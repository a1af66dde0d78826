using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Containers;

/// <summary>Everything `minirun run` was asked, parsed: options are types that cannot be wrong, nothing is looked up or defaulted yet.</summary>
public sealed record RunRequest
{
    /// <summary>An image's name, or the beginning of its id.</summary>
    public required string Image { get; init; }

    public PullPolicy Pull { get; init; }

    /// <summary>--platform; null is this machine's.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The words after the image, which replace the image's Cmd.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public string? Name { get; init; }

    public LifeChoices Life { get; init; } = new();

    public ProcessChoices Process { get; init; } = new();

    public PrivilegeChoices Privilege { get; init; } = new();

    public FileChoices Files { get; init; } = new();

    public NamespaceChoices Namespaces { get; init; } = new();

    public ResourceChoices Resources { get; init; } = new();
}
