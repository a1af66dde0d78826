using System.Globalization;
using System.Text.Json;

namespace MiniRun.Engine.Inspection;

/// <summary>"NetworkSettings": the container's network, which has no addresses but loopback's.</summary>
internal static class NetworkSettingsJson
{
    internal static void Write(Utf8JsonWriter json, ContainerDetails container)
    {
        json.WriteStartObject("NetworkSettings"u8);
        json.WriteString("Bridge"u8, "");
        json.WriteString("SandboxID"u8, "");
        // For `nsenter --net=…`: the namespace has no other name.
        json.WriteString("SandboxKey"u8, container.Summary.Pid > 0 ? string.Create(CultureInfo.InvariantCulture, $"/proc/{container.Summary.Pid}/ns/net") : "");
        json.Map("Ports", []);
        json.WriteBoolean("HairpinMode"u8, false);
        json.WriteString("LinkLocalIPv6Address"u8, "");
        json.WriteNumber("LinkLocalIPv6PrefixLen"u8, 0);
        json.WriteNull("SecondaryIPAddresses"u8);
        json.WriteNull("SecondaryIPv6Addresses"u8);
        WriteAddresses(json);
        json.WriteStartObject("Networks"u8);
        json.WriteStartObject(ContainerNetwork.NameOf(container.Request.Namespaces.Network));
        json.WriteNull("IPAMConfig"u8);
        json.WriteNull("Links"u8);
        json.WriteNull("Aliases"u8);
        json.WriteNull("DriverOpts"u8);
        json.WriteNumber("GwPriority"u8, 0);
        json.WriteString("NetworkID"u8, "");
        WriteAddresses(json);
        json.WriteNull("DNSNames"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json)
    {
        json.WriteString("EndpointID"u8, "");
        json.WriteString("Gateway"u8, "");
        json.WriteString("GlobalIPv6Address"u8, "");
        json.WriteNumber("GlobalIPv6PrefixLen"u8, 0);
        json.WriteString("IPAddress"u8, "");
        json.WriteNumber("IPPrefixLen"u8, 0);
        json.WriteString("IPv6Gateway"u8, "");
        json.WriteString("MacAddress"u8, "");
    }
}
