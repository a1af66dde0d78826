using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Credentials;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun logout`.</summary>
internal static class LogoutCommand
{
    internal const string Summary = "Log out of a registry";

    internal static CommandDefinition Define()
    {
        var server = new Argument<string?>("SERVER") { Arity = ArgumentArity.ZeroOrOne };
        var command = new DockerCommand("logout", $"{Summary}, docker.io if none is named: forgets the login.", "[SERVER]");
        command.Arguments.Add(server);
        return new CommandDefinition(command, invocation =>
        {
            string registry = RegistryName.Parse(invocation.Values.GetValue(server) ?? "");
            string key = RegistryEndpoint.Of(registry, RegistryConfig.Empty).CredentialKey;
            bool found = CredentialStore.Of(Environment.GetEnvironmentVariable).Erase(key);
            invocation.Terminal.Out.WriteLine(found ? $"Removing login credentials for {key}" : $"Not logged in to {key}");
            return ExitCode.Success;
        });
    }
}
