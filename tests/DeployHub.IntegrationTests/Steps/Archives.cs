using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>Archives as artefacts come, and as nobody should send them.</summary>
internal static class Archives
{
    public static byte[] TarGz(params (string Name, string Content)[] files) => TarGz([.. files.Select(file => File(file.Name, file.Content))]);

    public static byte[] TarGz(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Gnu))
            foreach (var entry in entries) tar.WriteEntry(entry);
        return bytes.ToArray();
    }

    public static byte[] Zip(params (string Name, string Content, int Mode)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var file in files)
            {
                var entry = zip.CreateEntry(file.Name);
                entry.ExternalAttributes = file.Mode << 16;
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(file.Content));
            }

        return bytes.ToArray();
    }

    public static TarEntry File(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch };

    public static TarEntry Link(string name, string target, TarEntryType type = TarEntryType.SymbolicLink) => new GnuTarEntry(type, name) { LinkName = target };
}
