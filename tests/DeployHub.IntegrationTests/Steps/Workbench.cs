using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Logs;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A worker's hands without the engine around them: the real executors, log, masking and secrets.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private const string Key = "DEP-2026-000001/R1/Execute.1/web-1/1#1";

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-bench-").FullName;
    private readonly IConfigurationRoot _configuration;
    private readonly ServiceProvider _services;
    private readonly Task _writer;
    private readonly List<LogLine> _log = [];

    public Workbench()
    {
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["DeployHub:ArtefactCache"] = At("cache"), ["DeployHub:DataDirectory"] = At("data") }).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(_configuration).AddSingleton(TimeProvider.System)
            .AddStepExecutors().AddSingleton<Masker>().AddSingleton<SecretStore>().AddSingleton<ISecrets>(services => services.GetRequiredService<SecretStore>()).AddSingleton<StepLogs>()
            .BuildServiceProvider();
        _writer = WriteAsync();
        Local = new LocalConnection(Directory.CreateDirectory(At("target")).FullName);
    }

    /// <summary>A target that is a folder of this machine.</summary>
    public LocalConnection Local { get; }

    /// <summary>What the log's table would hold, masked.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log) return [.. _log.Select(line => line.Text)];
        }
    }

    public string At(string path) => Path.Combine(_directory, path);

    /// <summary>A file in the target's directory.</summary>
    public string OnTarget(string path) => Path.Combine(Local.Directory, path);

    public void Know(string secret, string value) => _configuration[$"DeployHub:Secrets:{secret}"] = value;

    /// <summary>Before the first visit.</summary>
    public void Configure(string name, string value) => _configuration[name] = value;

    public IStepExecutor ExecutorOf(StepSettings settings) => _services.GetServices<IStepExecutor>().Single(executor => executor.Handles == settings.GetType());

    /// <summary>A version whose artefacts this worker has already fetched and verified.</summary>
    public SubjectVersion Version(string label, params (string Name, byte[] Content)[] artefacts)
    {
        var kept = artefacts.Select(artefact => Keep(artefact.Name, artefact.Content)).ToList();
        return new SubjectVersion("shop", ComponentKind.Software, label, Digest.OfText(string.Concat(kept)), kept, new Dictionary<string, string>());
    }

    /// <summary>One visit as the worker makes it: secrets filled in, ended by the limit, everything masked.</summary>
    public async Task<StepOutcome> VisitAsync(
        StepSettings settings, Connection? connection = null, SubjectVersion? version = null, TimeSpan? limit = null, string? ticket = null, string key = Key, DateTimeOffset? observesUntil = null,
        CancellationToken cancellationToken = default)
    {
        var log = _services.GetRequiredService<StepLogs>().Open(new RunId(Guid.NewGuid()), new TargetRunId(Guid.NewGuid()), 1, 1);
        var secrets = _services.GetRequiredService<SecretStore>();
        using var over = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        using var visit = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var context = new StepContext
        {
            Key = key,
            Subject = "web-1",
            Connection = connection,
            Version = version,
            Ticket = ticket,
            StartedAt = DateTimeOffset.UtcNow,
            ObservesUntil = observesUntil,
            Log = log,
            Secrets = secrets,
        };
        try
        {
            var filled = await secrets.FillAsync(settings, visit.Token);
            var outcome = await ExecutorOf(settings).ExecuteAsync(filled.Value, context, visit.Token);
            return _services.GetRequiredService<Masker>().Mask(outcome);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new StepOutcome.TimedOut("Took longer than its limit.");
        }
        finally
        {
            await log.FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>Whether a process with this text in its command line runs on this machine.</summary>
    public static bool IsRunning(string text) => Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _)).Any(process => CommandLine(process).Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        _services.GetRequiredService<StepLogs>().Lines.Writer.TryComplete();
        await _writer;
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Artefact Keep(string name, byte[] content)
    {
        var digest = Digest.OfBytes(content);
        Directory.CreateDirectory(At("cache"));
        var file = At($"cache/{digest.ToString().Replace(':', '-')}");
        if (!File.Exists(file)) File.WriteAllBytes(file, content); // else another visit may be reading it
        return new Artefact(name, "store", name, digest);
    }

    private async Task WriteAsync()
    {
        var masker = _services.GetRequiredService<Masker>();
        await foreach (var line in _services.GetRequiredService<StepLogs>().Lines.Reader.ReadAllAsync())
        {
            if (line.Flushed is null)
                lock (_log) _log.Add(line with { Text = masker.Mask(line.Text) });
            line.Flushed?.TrySetResult();
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            var arguments = File.ReadAllText($"{process}/cmdline");
            return File.ReadAllText($"{process}/stat").Contains(") Z ", StringComparison.Ordinal) ? "" : arguments; // a dead one that nobody has buried
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
