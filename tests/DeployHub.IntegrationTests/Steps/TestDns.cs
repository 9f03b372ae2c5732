using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A name server for one zone that says what the test says (RFC 1035).</summary>
internal sealed class TestDns : IAsyncDisposable
{
    private const ushort A = 1, Txt = 16;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Task _serving;

    public TestDns() => _serving = ServeAsync();

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Addresses and texts by name; a name that is not there does not exist.</summary>
    public Dictionary<string, (string[] Addresses, string[] Texts)> Names { get; } = [];

    /// <summary>Answers that it cannot answer.</summary>
    public bool IsBroken { get; set; }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var question = await _socket.ReceiveAsync();
                await _socket.SendAsync(AnswerTo(question.Buffer), question.RemoteEndPoint);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private byte[] AnswerTo(byte[] question)
    {
        var (name, end) = NameIn(question);
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end));
        var isKnown = Names.TryGetValue(name, out var known);
        byte[][] records = !isKnown || IsBroken ? [] : type switch
        {
            A => [.. known.Addresses.Select(address => IPAddress.Parse(address).GetAddressBytes())],
            Txt => [.. known.Texts.Select(text => (byte[])[(byte)text.Length, .. Encoding.ASCII.GetBytes(text)])],
            _ => [],
        };

        byte[] header = [question[0], question[1], 0x81, (byte)(0x80 | (IsBroken ? 2 : isKnown ? 0 : 3)), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0];
        return [.. header, .. question.AsSpan(12, end + 4 - 12), .. records.SelectMany(record => (byte[])[0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 0, 0, (byte)record.Length, .. record])];
    }

    private static (string Name, int End) NameIn(byte[] question)
    {
        var (labels, at) = (new List<string>(), 12);
        for (; question[at] > 0; at += question[at] + 1) labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        return (string.Join('.', labels).ToLowerInvariant(), at + 1);
    }
}
