using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>
/// Decides at the moment of connecting which addresses a store, or a link in a document, may lead to, so that no redirect leads inside. A store's own
/// host may be inside. <c>DeployHub:InternalStores</c> lists, separated by commas, hosts and networks that any store or link may lead to.
/// </summary>
internal sealed class AddressGuard(IConfiguration configuration)
{
    private readonly string[] _listed = (configuration["DeployHub:InternalStores"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <param name="registered">The host in the store's address; null for what nobody registered, such as a link.</param>
    /// <param name="place">Where a request goes.</param>
    public async ValueTask<Stream> ConnectAsync(string? registered, DnsEndPoint place, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(place.Host, cancellationToken);
        var permitted = addresses.Where(address => Permits(registered, place.Host, address)).ToArray();
        if (permitted.Length == 0)
            throw new StoreRefusedException(
                $"{place.Host} is {string.Join(", ", addresses.Take(3).Select(address => address.ToString()))}, an internal address{(registered is null ? "" : $", and the store is registered at {registered}")}. Who wants that adds {place.Host} to DeployHub:InternalStores of the workers.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, place.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An internal address is permitted to the store that is registered there, and to all where the administrator listed it.</summary>
    internal bool Permits(string? registered, string host, IPAddress address) =>
        !InternalAddresses.IsInternal(address) || IsListed(host, address)
        || (registered is not null && IsSame(registered, host) && (!InternalAddresses.IsSurrounding(address) || IPAddress.TryParse(Bare(host), out _)));

    private bool IsListed(string host, IPAddress address) => _listed.Any(entry =>
        IPNetwork.TryParse(entry, out var network) ? network.Contains(address)
        : IPAddress.TryParse(entry, out var listed) ? listed.Equals(address)
        : IsSame(entry, host));

    private static bool IsSame(string one, string other) => Bare(one).Equals(Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) => host.TrimEnd('.').Trim('[', ']');
}
