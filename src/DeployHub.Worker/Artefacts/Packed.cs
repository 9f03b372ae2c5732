using System.Formats.Tar;
using System.IO.Compression;

namespace DeployHub.Worker.Artefacts;

/// <summary>One file, folder or link of an archive, under the name it will have.</summary>
/// <param name="Target">Where a link leads, as written.</param>
/// <param name="Content">Of a file; to be read before the next entry is asked for.</param>
internal sealed record PackedEntry(string Name, TarEntryType Type, UnixFileMode Mode, DateTimeOffset ModifiedAt, string? Target = null, Stream? Content = null);

/// <summary>An archive that nobody should unpack, in words for people.</summary>
internal sealed class UnsafeArchiveException(string sentence) : Exception(sentence);

/// <summary>Reads tar, tar.gz and zip alike, by what the bytes say and not by a file's name.</summary>
internal static class Packed
{
    private const UnixFileMode OrdinaryFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public const UnixFileMode OrdinaryFolder = OrdinaryFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <exception cref="UnsafeArchiveException">It is no archive, or a broken one.</exception>
    public static IEnumerable<PackedEntry> Entries(string file)
    {
        using var stream = File.OpenRead(file);
        using var entries = (FormatOf(stream) switch
        {
            Format.Zip => Zip(stream),
            Format.Gzip => Tar(new GZipStream(stream, CompressionMode.Decompress)),
            Format.Tar => Tar(stream),
            Format.Nothing => throw new UnsafeArchiveException("is empty"),
            _ => throw new UnsafeArchiveException("is neither tar, tar.gz nor zip"),
        }).GetEnumerator();

        while (Next(entries)) yield return entries.Current;
    }

    private static bool Next(IEnumerator<PackedEntry> entries)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException)
        {
            throw new UnsafeArchiveException($"is broken: {exception.Message.TrimEnd('.')}");
        }
    }

    private static IEnumerable<PackedEntry> Tar(Stream stream)
    {
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
            if (entry.EntryType is not (TarEntryType.GlobalExtendedAttributes or TarEntryType.ExtendedAttributes))
                yield return new PackedEntry(entry.Name, entry.EntryType is TarEntryType.V7RegularFile or TarEntryType.ContiguousFile ? TarEntryType.RegularFile : entry.EntryType, entry.Mode, entry.ModificationTime, entry.LinkName, entry.DataStream);
    }

    private static IEnumerable<PackedEntry> Zip(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName.Replace('\\', '/'); // as Windows tools write them
            var unix = (entry.ExternalAttributes >> 16) & 0xFFFF;
            var mode = (UnixFileMode)(unix & 0x1FF);
            using var content = entry.Open();
            yield return (name.EndsWith('/'), unix & 0xF000) switch
            {
                (true, _) => new PackedEntry(name, TarEntryType.Directory, mode == 0 ? OrdinaryFolder : mode, entry.LastWriteTime),
                (_, 0xA000) => new PackedEntry(name, TarEntryType.SymbolicLink, OrdinaryFolder, entry.LastWriteTime, Beginning(content)),
                _ => new PackedEntry(name, TarEntryType.RegularFile, mode == 0 ? OrdinaryFile : mode, entry.LastWriteTime, Content: content),
            };
        }
    }

    private static string Beginning(Stream content)
    {
        var buffer = new byte[4096];
        return System.Text.Encoding.UTF8.GetString(buffer, 0, content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    private enum Format
    {
        Nothing,
        Zip,
        Gzip,
        Tar,
        Other,
    }

    private static Format FormatOf(FileStream stream)
    {
        Span<byte> beginning = stackalloc byte[512];
        var length = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        beginning = beginning[..length];
        if (length == 0) return Format.Nothing;
        if (beginning.StartsWith("PK"u8)) return Format.Zip;
        if (beginning.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) return Format.Gzip;
        return length == 512 && beginning[257..].StartsWith("ustar"u8) ? Format.Tar : Format.Other;
    }
}
