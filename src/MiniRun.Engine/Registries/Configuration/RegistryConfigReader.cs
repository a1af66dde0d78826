using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>Reads a registries.json. A key that is not known is an error: a misspelt "blocked" must not go unnoticed.</summary>
internal static class RegistryConfigReader
{
    internal const int MaxSize = 1 << 20;

    private const string Kind = "a configuration of registries";

    /// <summary>Reads one; <paramref name="file"/> is its path for errors, and <paramref name="saysInsecure"/> whether it has the key "insecure".</summary>
    /// <exception cref="MiniRunException">It is none; the message names the key.</exception>
    internal static RegistryConfig Read(ReadOnlyMemory<byte> bytes, string file, out bool saysInsecure)
    {
        (RegistryConfig config, saysInsecure) = JsonFields.Parse(bytes, file, Kind, json => (Read(json), json.Member("insecure") is not null));
        return config;
    }

    private static RegistryConfig Read(JsonElement json)
    {
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.Name is not ("mirrors" or "insecure" or "blocked"))
            {
                throw new FormatException($"there is no key \"{member.Name}\": mirrors, insecure and blocked are");
            }
        }

        return new RegistryConfig
        {
            Mirrors = json.Object("mirrors") is { } mirrors ? ReadMirrors(mirrors) : RegistryConfig.Empty.Mirrors,
            Insecure = json.List("insecure", item => Text(item, "insecure", InsecureRule.TryParse, "is neither a registry (host, or host:port) nor a range of addresses (10.0.0.0/8)")),
            Blocked = json.List("blocked", item => Text(item, "blocked", text => RegistryName.IsOne(text) ? text : null, "is no registry: host or host:port is expected")),
        };
    }

    private static Dictionary<string, IReadOnlyList<MirrorAddress>> ReadMirrors(JsonElement json)
    {
        Dictionary<string, IReadOnlyList<MirrorAddress>> mirrors = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!RegistryName.IsOne(member.Name))
            {
                throw new FormatException($"mirrors: \"{member.Name}\" is no registry: host or host:port is expected");
            }

            string registry = member.Name == "index.docker.io" ? ImageReference.DefaultDomain : member.Name;
            IReadOnlyList<MirrorAddress> addresses = json.List(member.Name, item =>
                Text(item, $"mirrors.{member.Name}", MirrorAddress.TryParse, "is no address of a mirror: https://HOST[:PORT][/PATH] is expected"));
            if (!mirrors.TryAdd(registry, addresses))
            {
                throw new FormatException($"mirrors: {member.Name} is there twice");
            }
        }

        return mirrors;
    }

    private static T Text<T>(JsonElement item, string key, Func<string, T?> parse, string problem)
        where T : class
    {
        JsonFields.Expect(item, JsonValueKind.String, $"an item of {key}");
        string text = item.GetString()!;
        return parse(text) ?? throw new FormatException($"{key}: \"{text}\" {problem}");
    }
}
