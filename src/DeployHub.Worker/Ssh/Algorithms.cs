using Renci.SshNet;

namespace DeployHub.Worker.Ssh;

/// <summary>Which algorithms are offered to a host first: the library offers the strongest first, whatever they cost.</summary>
internal static class Algorithms
{
    private static readonly string[] NtruPrime = ["sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com"];

    /// <summary>Both encrypt and authenticate in one pass, by instructions of the processor.</summary>
    private static readonly string[] Fast = ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com"];

    public static void Prefer(ConnectionInfo connection, SshOptions options)
    {
        if (!options.PrefersNtruPrime) MoveToEnd(connection.KeyExchangeAlgorithms, NtruPrime);
        MoveToEnd(connection.Encryptions, [.. connection.Encryptions.Keys.Except(Fast)]);
    }

    private static void MoveToEnd<T>(IDictionary<string, T> offered, IEnumerable<string> names)
    {
        foreach (var name in names)
            if (offered.Remove(name, out var algorithm)) offered.Add(name, algorithm);
    }
}
