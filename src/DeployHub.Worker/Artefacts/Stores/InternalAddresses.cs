using System.Net;
using System.Net.Sockets;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Which addresses lie inside: of this machine, of a private network, of the machine's own surroundings (IANA's special-purpose registries).</summary>
internal static class InternalAddresses
{
    private static readonly IPNetwork[] Surroundings = Networks("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::254/128");

    private static readonly IPNetwork[] Private = Networks("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "::1/128", "100::/64", "64:ff9b:1::/48", "fc00::/7");

    private static readonly IPNetwork[] WithinSix = Networks("::/96", "64:ff9b::/96"); // an IPv4 address in the last 32 bits

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16"); // and in the second 32

    /// <summary>Link-local, multicast, reserved, and where clouds tell a machine its credentials: no store lies there unless someone wrote exactly that.</summary>
    public static bool IsSurrounding(IPAddress address) => IsIn(Surroundings, address);

    public static bool IsInternal(IPAddress address) => IsIn(Private, address) || IsSurrounding(address);

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return networks.Any(network => network.Contains(address)) || Inner(address) is { } inner && IsIn(networks, inner);
    }

    private static IPAddress? Inner(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.Equals(IPAddress.IPv6Loopback) || address.Equals(IPAddress.IPv6Any)) return null;

        var bytes = address.GetAddressBytes();
        return WithinSix.Any(network => network.Contains(address)) ? new IPAddress(bytes.AsSpan(12))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : null;
    }

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(IPNetwork.Parse)];
}
