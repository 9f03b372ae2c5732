using System.Diagnostics;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Artefacts.Stores;
using DeployHub.Worker.Secrets;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Benchmarks;

/// <summary>
/// A gigabyte from a folder, fetched into an empty cache and compared with its digest, beside <c>openssl sha256</c>, which only reads and hashes
/// the same file. Both have seen the file before, so that the disk is not what is measured, and they take turns.
/// </summary>
internal static class FetchArtefact
{
    private const int Mebibytes = 1024;
    private const int Rounds = 5;
    private const string Name = "payload";

    public static async Task RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("deployhub-artefact-").FullName;
        try
        {
            await using var database = await BenchDatabase.StartAsync();
            await using var hub = await BenchHub.StartAsync(await database.NewAsync(), works: false);
            await hub.DoAsync(new RegisterStore("files", "Files", StoreKind.Folder, directory));
            await MeasureAsync(hub, directory, new Artefact(Name, "files", Name, await MakeFileAsync(Path.Combine(directory, Name))));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task MeasureAsync(BenchHub hub, string directory, Artefact artefact)
    {
        var cache = Path.Combine(directory, "cache");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DeployHub:ArtefactCache", cache)]).Build();
        var source = new ArtefactSource(hub.Scopes, [new FolderReader(StoreLimits.From(configuration))], new ArtefactCache(configuration), new SecretStore(configuration, new Masker()), configuration);

        List<double> openssl = [], fetched = [], verified = [];
        for (var round = -1; round < Rounds; round++)
        {
            var (hashing, fetching, verifying) = (await TimeAsync(() => OpensslAsync(Path.Combine(directory, Name))), await TimeAsync(FetchAsync), await TimeAsync(VerifyAsync));
            foreach (var file in Directory.GetFiles(cache)) File.Delete(file);
            Console.WriteLine($"round {round + 1}: openssl {hashing:F2} s, fetched {fetching:F2} s, verified {verifying:F2} s");
            if (round < 0) continue; // to warm up

            openssl.Add(hashing);
            fetched.Add(fetching);
            verified.Add(verifying);
        }

        var (ratio, memory) = (Report.Median(fetched) / Report.Median(openssl), Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);
        await new Report("artefact", $"How long does it take to fetch and verify an artefact of {Mebibytes} MiB from a folder, beside openssl sha256 of the same file?")
            .Add("openssl sha256, s (median)", Report.Median(openssl))
            .Add("fetched into the cache and verified, s (median)", Report.Median(fetched))
            .Add("verified only, s (median)", Report.Median(verified))
            .Add("fetched / openssl", ratio).Goal("≤ 1.2", ratio <= 1.2)
            .Add("most memory of the whole process, MB", memory).Goal("< 400 MB", memory < 400)
            .WriteAsync();

        async Task FetchAsync()
        {
            using var found = await source.FetchAsync(artefact, CancellationToken.None);
            if (found.Trouble is { } trouble) throw new InvalidOperationException(trouble.Sentence);
        }

        async Task VerifyAsync()
        {
            if ((await source.VerifyAsync(artefact, CancellationToken.None)).Trouble is { } trouble) throw new InvalidOperationException(trouble.Sentence);
        }
    }

    private static async Task<Digest> MakeFileAsync(string path)
    {
        var (random, piece) = (new Random(1), new byte[1024 * 1024]);
        await using (var file = File.Create(path))
            for (var count = 0; count < Mebibytes; count++)
            {
                random.NextBytes(piece);
                await file.WriteAsync(piece);
            }

        await using var written = File.OpenRead(path);
        return Digest.OfHash(await System.Security.Cryptography.SHA256.HashDataAsync(written));
    }

    private static async Task OpensslAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", path]) { RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("openssl failed.");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
