using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;

namespace MiniRun.Engine.Registries.Credentials;

/// <summary>The user's logins: in docker's config.json, or with the helper that it names.</summary>
public sealed class CredentialStore
{
    private readonly DockerConfigFile _file;
    private readonly string _searchPath;

    /// <param name="file">docker's config.json.</param>
    /// <param name="searchPath">PATH, where helpers are.</param>
    public CredentialStore(DockerConfigFile file, string searchPath)
    {
        _file = file;
        _searchPath = searchPath;
    }

    /// <summary>The file that says where logins are.</summary>
    public string Path => _file.Path;

    /// <summary>The user's own.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MiniRun.Linux.MiniRunException">There is no home.</exception>
    public static CredentialStore Of(Func<string, string?> variable) => new(DockerConfigFile.Of(variable), variable("PATH") ?? "");

    /// <summary>The login of a host, by <see cref="RegistryEndpoint.CredentialKey"/>; null where there is none.</summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">The file is wrong, or the helper failed.</exception>
    public RegistryCredential? Get(string key)
    {
        DockerConfig config = _file.Read();
        return config.HelperOf(key) is { Length: > 0 } helper
            ? new CredentialHelper(helper, _searchPath).Get(key) ?? config.LoginOf(key)
            : config.LoginOf(key);
    }

    /// <summary>Keeps a login.</summary>
    /// <returns>The helper that has it; "" where it stands in the file, readable to who can read that.</returns>
    /// <exception cref="MiniRun.Linux.MiniRunException">The file is wrong or cannot be written, or the helper failed.</exception>
    public string Store(string key, RegistryCredential credential)
    {
        string helper = _file.Read().HelperOf(key);
        if (helper.Length == 0)
        {
            _file.Change(key, credential);
            return "";
        }

        new CredentialHelper(helper, _searchPath).Store(key, credential);
        return helper;
    }

    /// <summary>Forgets a login; false where there was none.</summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">The file is wrong or cannot be written, or the helper failed.</exception>
    public bool Erase(string key)
    {
        DockerConfig config = _file.Read();
        bool found = config.LoginOf(key) is not null;
        if (config.HelperOf(key) is { Length: > 0 } name)
        {
            CredentialHelper helper = new(name, _searchPath);
            found |= helper.Get(key) is not null;
            helper.Erase(key);
        }

        if (config.Logins.ContainsKey(key))
        {
            _file.Change(key, null);
        }

        return found;
    }
}
