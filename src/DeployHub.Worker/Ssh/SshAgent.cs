using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Security;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// The two questions of the SSH agent protocol that signing in needs: which keys are there, and sign this. The keys stay with the agent.
/// No package that fits our SSH library offers them.
/// </summary>
internal static class SshAgent
{
    private const byte RequestIdentities = 11, IdentitiesAnswer = 12, SignRequest = 13, SignResponse = 14;
    private const uint RsaSha256 = 2, RsaSha512 = 4;
    private const int LargestAnswer = 256 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <returns>Null when no agent answers.</returns>
    public static async Task<IReadOnlyList<IPrivateKeySource>?> KeysAsync(string socket, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await Task.Run(() => Ask(socket, [RequestIdentities], IdentitiesAnswer), cancellationToken), socket);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ArgumentException)
        {
            return null;
        }
    }

    private static List<IPrivateKeySource> Read(byte[] answer, string socket)
    {
        var keys = new List<IPrivateKeySource>();
        var at = 4;
        for (var left = BinaryPrimitives.ReadUInt32BigEndian(answer); left > 0; left--)
        {
            var blob = Take(answer, ref at);
            Take(answer, ref at); // its comment
            keys.Add(new AgentKey(socket, blob));
        }

        return keys;
    }

    private static byte[] Ask(string socket, byte[] question, byte expected)
    {
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = (int)Limit.TotalMilliseconds, SendTimeout = (int)Limit.TotalMilliseconds };
        agent.Connect(new UnixDomainSocketEndPoint(socket));
        using var stream = new NetworkStream(agent);
        stream.Write(Text(question));

        var length = new byte[4];
        stream.ReadExactly(length);
        var size = BinaryPrimitives.ReadUInt32BigEndian(length);
        if (size is 0 or > LargestAnswer) throw new IOException("The SSH agent's answer has no readable length.");

        var answer = new byte[size];
        stream.ReadExactly(answer);
        return answer[0] == expected ? answer[1..] : throw new IOException("The SSH agent refuses.");
    }

    private static byte[] Take(byte[] from, ref int at)
    {
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(from.AsSpan(at));
        var taken = from.AsSpan(at + 4, length).ToArray();
        at += 4 + length;
        return taken;
    }

    /// <summary>Bytes behind their length, as the protocol writes everything.</summary>
    private static byte[] Text(byte[] bytes)
    {
        var text = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(text, (uint)bytes.Length);
        bytes.CopyTo(text, 4);
        return text;
    }

    private sealed class AgentKey(string socket, byte[] blob) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } = Kind(blob) switch
        {
            "ssh-rsa" => [new Signing("rsa-sha2-512", socket, blob, RsaSha512), new Signing("rsa-sha2-256", socket, blob, RsaSha256)],
            var kind => [new Signing(kind, socket, blob, 0)],
        };

        private static string Kind(byte[] blob)
        {
            var at = 0;
            return Encoding.ASCII.GetString(Take(blob, ref at));
        }
    }

    private sealed class Signing(string name, string socket, byte[] blob, uint flags) : HostAlgorithm(name)
    {
        public override byte[] Data => blob;

        public override byte[] Sign(byte[] data)
        {
            var how = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(how, flags);
            var answer = Ask(socket, [SignRequest, .. Text(blob), .. Text(data), .. how], SignResponse);
            var at = 0;
            return Take(answer, ref at);
        }

        public override bool VerifySignature(byte[] data, byte[] signature) => throw new NotSupportedException("An agent signs; hosts verify.");
    }
}
