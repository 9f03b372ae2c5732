using Renci.SshNet;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// Which ways to agree on keys are offered to a host first: the library offers the strongest first, whatever they cost. Its order of ciphers
/// stays: with a faster one (AES-GCM) a host's output comes faster than lines can be cut, and what waits is kept in memory.
/// </summary>
internal static class Algorithms
{
    private static readonly string[] NtruPrime = ["sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com"];

    public static void Prefer(ConnectionInfo connection, SshOptions options)
    {
        if (!options.PrefersNtruPrime) MoveToEnd(connection.KeyExchangeAlgorithms, NtruPrime);
    }

    private static void MoveToEnd<T>(IDictionary<string, T> offered, IEnumerable<string> names)
    {
        foreach (var name in names)
            if (offered.Remove(name, out var algorithm)) offered.Add(name, algorithm);
    }
}
