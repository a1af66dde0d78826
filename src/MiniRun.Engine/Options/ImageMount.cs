namespace MiniRun.Engine.Options;

/// <summary>The files of another image, read-only, from --mount type=image.</summary>
public sealed record ImageMount : UserMount
{
    /// <summary>An image's name, or the beginning of its id.</summary>
    public required string Image { get; init; }

    internal override (string Option, string Text) AsOption() =>
        ("--mount", $"type=image,{MountFields.Quoted($"source={Image}")},{MountFields.Quoted($"target={Destination}")}");
}
