using System.IO.Compression;
using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.Features.Vulnerabilities;

/// <summary>An upload on disk while it is read: JSON, JSON lines, or a zip of JSON files. Bounded in everything; what an archive says of itself is not believed.</summary>
internal sealed class UploadedList : IAsyncDisposable
{
    private const int MostFiles = 500_000;
    private const long MostUnpacked = 8L * 1024 * 1024 * 1024;

    private readonly FileStream _file = new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.DeleteOnClose);

    /// <exception cref="UnreadableListException">It is too large.</exception>
    public async Task TakeAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (_file.Length + read > ImportVulnerabilities.MostBytes) throw new UnreadableListException($"is larger than {ImportVulnerabilities.MostBytes / 1024 / 1024} MiB");
            await _file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await _file.FlushAsync(cancellationToken);
        _file.Position = 0;
    }

    /// <summary>Every record with where it stands, such as “GHSA-x.json” or “record 3”. Each is read before the next is asked for.</summary>
    public IEnumerable<(string Place, ReadOnlyMemory<byte> Json)> Records() => IsZip() ? InZip() : new JsonObjects(_file, OsvRecord.MostBytes).Read().Select((json, index) => ($"record {index + 1}", json));

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private bool IsZip()
    {
        Span<byte> beginning = stackalloc byte[2];
        var length = _file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        _file.Position = 0;
        return length == 2 && beginning.SequenceEqual("PK"u8);
    }

    private IEnumerable<(string Place, ReadOnlyMemory<byte> Json)> InZip()
    {
        CountFiles();
        using var archive = OpenZip();
        var buffer = new byte[OsvRecord.MostBytes + 1];
        long unpacked = 0;
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            var length = Unpack(entry, buffer);
            if (length > OsvRecord.MostBytes) throw new UnreadableListException($"has a record of more than {OsvRecord.MostBytes / 1024 / 1024} MiB");
            if ((unpacked += length) > MostUnpacked) throw new UnreadableListException($"unpacks to more than {MostUnpacked / 1024 / 1024 / 1024} GiB");
            yield return (entry.Name, buffer.AsMemory(0, length));
        }
    }

    /// <summary>Before anything is made of each, which would take memory.</summary>
    private void CountFiles()
    {
        var (count, matched) = (0, 0);
        ReadOnlySpan<byte> header = [(byte)'P', (byte)'K', 1, 2];
        for (int letter; (letter = _file.ReadByte()) >= 0;)
        {
            matched = letter == header[matched] ? matched + 1 : letter == header[0] ? 1 : 0;
            if (matched < header.Length) continue;
            matched = 0;
            if (++count > MostFiles) throw new UnreadableListException($"holds more than {MostFiles:N0} files");
        }

        _file.Position = 0;
    }

    private ZipArchive OpenZip()
    {
        try
        {
            var archive = new ZipArchive(_file, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries.Count; // reads the directory
            return archive;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new UnreadableListException($"is a broken zip: {exception.Message.TrimEnd('.')}");
        }
    }

    private static int Unpack(ZipArchiveEntry entry, byte[] buffer)
    {
        try
        {
            using var content = entry.Open();
            return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            throw new UnreadableListException($"is a broken zip: {exception.Message.TrimEnd('.')}");
        }
    }
}
