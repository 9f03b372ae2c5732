using System.Diagnostics;
using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Inventory.Signing;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Inventory.Signing.Sigstore;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Domain.Vulnerabilities.Vex;
using DeployHub.Features.Inventory.Signing;
using DeployHub.Features.Inventory.Signing.Sigstore;
using DeployHub.Features.Models.Notation;
using DeployHub.Worker.Artefacts.Stores;
using DeployHub.Worker.Checks;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Ansible;
using DeployHub.Worker.Steps.Terraform;

namespace DeployHub.Benchmarks;

/// <summary>
/// Gives every parser of what others write mutated documents for <c>DEPLOYHUB_FUZZ_MINUTES</c> (10) in all. Anything but an answer or a refusal, and
/// anything that takes a second, is told with the document that did it. Seeds are the fragments here and files: of ../shared/data where they are, or of this repository.
/// </summary>
internal static class Fuzzing
{
    private const int LargestInput = 256 * 1024;
    private const string InRepository = "repository:";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Spices = ["\0", "\\ud800", "\ud83d", "[[[[[[[[", "{\"a\":{\"a\":", "1e999999", "-0", "99999999999999999999999", "\"\"", "<!DOCTYPE x [", "&a;", "../../", "%00", "://[", "&*", "!!", "\r\n\r\n", "::::", "~", ">=0 <"];

    private static readonly (string Name, string[] Seeds, string? Files, Action<byte[]> Parse)[] Parsers =
    [
        ("SBOM", ["""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"a","version":"1","purl":"pkg:npm/a@1","licenses":[{"expression":"MIT OR Apache-2.0"}]}]}""", """{"spdxVersion":"SPDX-2.3","packages":[{"name":"a","SPDXID":"SPDXRef-a","versionInfo":"1","licenseConcluded":"MIT","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/a@1"}]}]}"""], "cyclonedx-tests/*.json", bytes => BillOfMaterials.Parse(bytes)),
        ("OSV record", ["""{"id":"GHSA-1","modified":"2026-01-01T00:00:00Z","aliases":["CVE-1"],"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.3"}]}],"versions":["1.0.0"]}]}"""], null, bytes => OsvRecord.Parse(bytes)),
        ("VEX", ["""{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":"CVE-1"},"products":[{"@id":"pkg:npm/a@1"}],"status":"not_affected","justification":"component_not_present"}]}""", """{"document":{"category":"csaf_vex"},"product_tree":{"full_product_names":[{"product_id":"P","name":"p","product_identification_helper":{"purl":"pkg:npm/a@1"}}]},"vulnerabilities":[{"cve":"CVE-1","product_status":{"known_not_affected":["P"]},"flags":[{"label":"component_not_present","product_ids":["P"]}]}]}""", """{"bomFormat":"CycloneDX","specVersion":"1.6","vulnerabilities":[{"id":"CVE-1","analysis":{"state":"not_affected","justification":"code_not_present"},"affects":[{"ref":"pkg:npm/a@1"}]}]}"""], null, bytes => VexDocument.Parse(bytes)),
        ("package URL", ["pkg:npm/%40acme/a@1.2.3?arch=x64#sub/path", "pkg:deb/debian/openssl@3.0.7-1?arch=amd64&distro=debian-12"], null, bytes => PackageUrl.Parse(Text(bytes))),
        ("licence expression", ["(MIT OR Apache-2.0) AND GPL-2.0-or-later WITH Classpath-exception-2.0", "LicenseRef-mine+"], null, bytes => LicenceExpression.Parse(Text(bytes))),
        ("package pattern", ["pkg:npm/@acme/*@1.*"], null, bytes => PackagePattern.Parse(Text(bytes))),
        ("test report", ["<testsuites><testsuite name='a'><testcase classname='c' name='n'><failure/></testcase><testcase name='m'/></testsuite></testsuites>"], null, bytes => JUnitReport.Parse(bytes)),
        ("checksum file", ["b4c8a2f3d19c5a1a3f7be1e4c8d0c8a2f3d19c5a1a3f7be1e4c8d0c8a2f3d19c  a.zip\n\\SHA256 (b\\n.zip) = b4c8a2f3d19c5a1a3f7be1e4c8d0c8a2f3d19c5a1a3f7be1e4c8d0c8a2f3d19c\n"], "signature-peers/SHA*", bytes => ChecksumFile.Parse(Text(bytes))),
        ("signature", ["untrusted comment: x\nRUTvgUH7gC0vbj8mACvjcC0CvXzhOP1e5OC3oPNxr7E4LMeL3Dk8xZTJqbxnKZ3RHrGhpmDn/BKVqwMMaeFKQFzaghlvHnr1dAw=\ntrusted comment: y\nJ7OPJznwTz6Kiu2kP6qgE5vWHOdB8J7d/tF4GkvJTMtKHoujr9mcnOQK+baEWlcGDQmPOojNpXfLfQ0z0yK8Cg=="], "signature-peers/*.*sig", bytes => DetachedSignature.Read(bytes)),
        ("OpenPGP signature", [], "signature-peers/*.asc", bytes => DetachedSignature.Read(bytes)),
        ("clear-signed text", [], "signature-peers/*.clear.asc", bytes => ClearSigned.Parse(bytes)),
        ("public key", ["RWTvgUH7gC0vbifGAh9pJQyWPs4Jg57puwK62xqXjLF73n1+1/LulzDc"], "signature-peers/*pub*", bytes => { foreach (var kind in Enum.GetValues<TrustedKeyKind>()) PublicKeys.FingerprintOf(kind, Text(bytes), Now); }),
        ("attestation", ["""{"payloadType":"application/vnd.in-toto+json","payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ==","signatures":[{"keyid":"","sig":"MEUCIQDBIfTqHbZ5LJTR2kAW"}]}"""], "repository:tests/DeployHub.UnitTests/Inventory/Signing/Sigstore/Vectors/log-entry.sigstore.json", bytes => Attestation.ParseFile(bytes)),
        ("in-toto statement", ["""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"b4"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":{"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{"ref":"r","repository":"https://e/x"},"l":[1,{"a":true}]},"resolvedDependencies":[{"uri":"git+https://e/x@r","digest":{"gitCommit":"a"}}]},"runDetails":{"builder":{"id":"b"}}}}""", """{"_type":"https://in-toto.io/Statement/v0.1","subject":[],"predicateType":"https://slsa.dev/provenance/v0.2","predicate":{"builder":{"id":"b"},"buildType":"t","invocation":{"configSource":{"uri":"git+https://e/x@r","digest":{"sha1":"a"}},"parameters":{}}}}"""], null, bytes => InTotoStatement.Parse(bytes)),
        ("Sigstore bundle", [], "repository:tests/DeployHub.UnitTests/Inventory/Signing/Sigstore/Vectors/*.sigstore*", Bundle),
        ("Sigstore trusted root", [], "repository:tests/DeployHub.UnitTests/Inventory/Signing/Sigstore/Vectors/*root.json", bytes => SigstoreTrustedRoot.Parse(bytes)),
        ("time stamp", [], "signature-peers/*.tsr", bytes => TimeStamp.Verify(bytes, bytes, [])),
        ("registry document", ["""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"digest":"sha256:b4c8a2f3d19c5a1a3f7be1e4c8d0c8a2f3d19c5a1a3f7be1e4c8d0c8a2f3d19c","size":2},"layers":[]}"""], null, bytes => Refused(() => OciDocument.Parse(bytes, "a"))),
        ("bearer challenge", ["realm=\"https://auth.example.com/token\",service=\"registry\",scope=\"repository:a:pull\""], null, bytes => BearerChallenge.Parse(Text(bytes))),
        ("paths in stores", ["team/shop@linux/arm64", "@acme/a@1.2.3"], null, bytes => { OciPath.Parse(Text(bytes)); PackagePath.Parse(Text(bytes)); }),
        ("model", ["model: a\nname: A\npurpose: P\napproach: Rolling\nstages:\n  verifyComponents: [{ name: C, uses: check-artefacts }]\n  verifyEnvironment: [{ name: R, uses: check-reachable }]\n  execute: { phases: { batches: 1 }, steps: [{ name: S, uses: script, with: { command: [\"true\"] }, timeout: 1m }] }\n  verifyDeployment: [{ name: V, uses: check-http, with: { url: \"http://x/\" } }]\nrollback: { method: RedeployPrevious }\n"], null, bytes => { ModelDocument.Read(Text(bytes)); ModelDocument.Read(Text(bytes), DocumentFormat.Json); }),
        ("Terraform plan", ["""{"format_version":"1.2","resource_changes":[{"address":"a.b","deposed":"x","change":{"actions":["delete","create"],"before":{"a":1,"b":{"c":"d"}},"after":{"a":2},"after_unknown":{"id":true},"before_sensitive":{"b":{"c":true}},"after_sensitive":false}}],"output_changes":{"o":{"actions":["create"]}}}"""], null, bytes => TerraformPlan.Read(bytes)),
        ("Ansible events", ["{\"kind\":\"changed\",\"host\":\"web-1\",\"task\":\"t\",\"places\":[\"/a\"],\"found\":\"0123\"}\n{\"kind\":\"recap\",\"host\":\"web-1\",\"counts\":{\"ok\":1}}\n"], null, bytes => new AnsibleRecap(AnsibleEvent.Parse(bytes), "web-1").Differences()),
        ("alerts", ["""{"status":"success","data":{"alerts":[{"labels":{"alertname":"a","severity":"b"},"annotations":{"summary":"s"},"state":"firing","activeAt":"2026-11-29T10:00:00Z"}]}}""", """[{"labels":{"alertname":"a"},"status":{"state":"active"},"startsAt":"2026-11-29T10:00:00Z"}]"""], null, bytes => { Alert.OfPrometheus(Text(bytes)); Alert.OfAlertmanager(Text(bytes)); }),
        ("what hosts say", ["memory 2048000\ncpus 4\nload 0.52\n", "now 1764410400\nfile 1764410400 12 ./a b\ncannot look\n"], null, bytes => { HostCapacity.Parse(Text(bytes).Split('\n')); BackupFiles.Parse(Text(bytes).Split('\n')); }),
        ("instants and JSON pointers", ["2026-11-29T10:00:00.5+02:00", "1764410400", """{"a":{"b":["2026-11-29T10:00:00Z"]}}"""], null, bytes => { ToldInstant.Parse(Text(bytes)); JsonPointer.Find(Text(bytes), "/a/b/0"); }),
        ("durations and addresses", ["15m", "[::1]:8080", "db.example.com:5432"], null, bytes => { Duration.Parse(Text(bytes)); HostAndPort.Parse(Text(bytes)); }),
    ];

    public static async Task RunAsync()
    {
        var minutes = double.TryParse(System.Environment.GetEnvironmentVariable("DEPLOYHUB_FUZZ_MINUTES"), out var given) ? given : 10;
        var report = new Report("fuzz", $"What becomes of {Parsers.Length} parsers that are given mutated documents for {minutes:0.#} minutes?");
        var results = await Task.WhenAll(Parsers.Chunk((Parsers.Length + 1) / 2).Select(half => Task.Run(() => half.Select(parser => Fuzz(parser.Name, [.. SeedsOf(parser.Seeds, parser.Files)], parser.Parse, TimeSpan.FromMinutes(minutes / half.Length))).ToList())));
        var (documents, slowest, troubles) = (0L, TimeSpan.Zero, 0);
        foreach (var result in results.SelectMany(half => half))
        {
            report.Add($"{result.Name}: documents", result.Documents);
            (documents, slowest, troubles) = (documents + result.Documents, result.Slowest > slowest ? result.Slowest : slowest, troubles + result.Troubles);
        }

        await report.Add("documents in all", documents).Add("slowest, ms", slowest.TotalMilliseconds).Goal("no crash", troubles == 0).Goal("no hang (1 s)", slowest < Longest).WriteAsync();
    }

    private static (string Name, long Documents, TimeSpan Slowest, int Troubles) Fuzz(string name, IReadOnlyList<byte[]> seeds, Action<byte[]> parse, TimeSpan time)
    {
        var (random, watch, documents, slowest, troubles) = (new Random(name.Length + (int)DateTime.UtcNow.Ticks), Stopwatch.StartNew(), 0L, TimeSpan.Zero, 0);
        while (seeds.Count > 0 && watch.Elapsed < time && troubles < 10)
        {
            var input = Mutated(seeds[random.Next(seeds.Count)], random);
            var begun = Stopwatch.GetTimestamp();
            try
            {
                parse(input);
            }
            catch (Exception exception)
            {
                troubles++;
                Tell(name, input, exception.ToString());
            }

            var took = Stopwatch.GetElapsedTime(begun);
            if (took > Longest) Tell(name, input, $"took {took}");
            if (took > slowest) slowest = took;
            documents++;
        }

        return (name, documents, slowest, troubles);
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Spices[random.Next(Spices.Length)])); break;
                case 5 when length > 0 && random.Next(20) == 0: bytes.InsertRange(at, Enumerable.Repeat(bytes.GetRange(at, length), random.Next(1, LargestInput / length)).SelectMany(piece => piece)); break;
                default: bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 0); break;
            }

            if (bytes.Count > LargestInput) bytes.RemoveRange(LargestInput, bytes.Count - LargestInput);
        }

        return [.. bytes];
    }

    private static IEnumerable<byte[]> SeedsOf(string[] texts, string? files)
    {
        foreach (var text in texts) yield return Encoding.UTF8.GetBytes(text);
        var isOurs = files?.StartsWith(InRepository, StringComparison.Ordinal) == true;
        var folder = isOurs ? Report.Repository() : Path.Combine(Report.Repository(), "..", "shared", "data");
        if (files is null || !Directory.Exists(folder)) yield break;
        files = isOurs ? files[InRepository.Length..] : files;

        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, Path.GetDirectoryName(files)!), Path.GetFileName(files), SearchOption.AllDirectories).Order(StringComparer.Ordinal)) yield return File.ReadAllBytes(file);
    }

    private static void Bundle(byte[] bytes)
    {
        if (SigstoreBundle.Parse(bytes) is not { Error: null } read) return;
        foreach (var entry in read.Value.LogEntries)
        {
            LoggedContent.Parse(entry);
            if (entry.Proof?.Checkpoint is { } checkpoint) Checkpoint.Parse(checkpoint);
        }

        if (read.Value.Certificate is { } certificate) SignerCertificate.Read(certificate)?.Dispose();
    }

    private static void Refused(Action parse)
    {
        try
        {
            parse();
        }
        catch (StoreRefusedException)
        {
            // which is an answer
        }
    }

    private static void Tell(string name, byte[] input, string what)
    {
        var file = Path.Combine(Path.GetTempPath(), $"deployhub-fuzz-{Guid.NewGuid():N}");
        File.WriteAllBytes(file, input);
        Console.WriteLine($"{name}: {what}\n  the document is {file}");
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
