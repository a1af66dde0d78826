namespace MiniRun.Linux.Files;

/// <summary>A link stands on the way of a path that had none, see <see cref="ResolvedPath"/>.</summary>
/// <param name="path">The path.</param>
/// <param name="link">The link on its way.</param>
public sealed class LinkedPathException(string path, string link) : MiniRunException(
    $"cannot mount {path}: {link} is a symbolic link by now, and what a container mounts is found once, when it is made; links that appear later are not followed: remove the link, or make the container anew");
