using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>S3 as strict as Amazon's, and feeds of npm and NuGet.</summary>
public sealed class FetchingFromBucketsAndFeeds(TestHub hub) : IClassFixture<TestHub>, IDisposable
{
    private const string Text = "the bytes";

    private const string Document = """{"versions":{"1.0.0":{"dist":{"tarball":"FILES/web-1.0.0.tgz","integrity":"sha512-lies"}},"1.0.1":{"dist":{}},"1.0.2":{"dist":{"tarball":"http://localhost:9/"}}}}""";

    private readonly Shelf _shelf = new(hub);

    public void Dispose() => _shelf.Dispose();

    [Theory]
    [InlineData("shop/1.0/shop.zip", "keys", null)]
    [InlineData("shop/ü (1)+~!*'&=$,;:@x.zip", "keys", "eu-central-1")]
    [InlineData("shop/with-token.zip", "temporary", "eu-central-1")]
    public async Task A_request_to_a_bucket_is_signed(string path, string secret, string? region)
    {
        using var shelf = new Shelf(hub, "Secrets:temporary=AKID:s3cret/key:t0k/en+");
        await using var server = new RawHttp(request => StrictBucket.Objection(request, "AKID", "s3cret/key", region ?? "us-east-1") is { } objection ? ("403 Forbidden", objection) : ("200 OK", Text));

        (await shelf.TextAsync(await shelf.ArtefactAsync(StoreKind.S3, $"{server.Url}/bucket/releases/", path, Digest.OfText(Text), secret, region))).ShouldBe(Text);

        var asked = server.Asked.Single();
        asked.Path.ShouldStartWith("/bucket/releases/shop/");
        asked["x-amz-security-token"].ShouldBe(secret == "temporary" ? "t0k/en+" : null);
    }

    [Fact]
    public async Task A_bucket_for_everybody_needs_no_signature()
    {
        await using var server = new RawHttp(request => request["authorization"] is null ? ("200 OK", Text) : ("400 Bad Request", ""));

        (await _shelf.TextAsync(await _shelf.ArtefactAsync(StoreKind.S3, $"{server.Url}/bucket", "shop.zip", Digest.OfText(Text)))).ShouldBe(Text);
    }

    [Fact]
    public async Task A_secret_without_both_keys_is_said_without_the_secret()
    {
        var trouble = await _shelf.TroubleAsync(await _shelf.ArtefactAsync(StoreKind.S3, "http://127.0.0.1:9/bucket", "shop.zip", Digest.OfText(Text), "token"));

        trouble.Sentence.ShouldContain("the secret “token” opens no S3 store");
        trouble.Sentence.ShouldNotContain("t0ken");
    }

    [Fact]
    public async Task A_secret_that_no_worker_knows_is_named() =>
        (await _shelf.TroubleAsync(await _shelf.ArtefactAsync(StoreKind.Http, "http://127.0.0.1:9/", "x", Digest.OfText(Text), "unknown"))).Sentence.ShouldContain("knows no secret named “unknown”. Set DeployHub__Secrets__unknown");

    [Fact]
    public async Task A_signature_beside_an_object_is_read_and_beside_a_package_there_is_none()
    {
        await using var server = new RawHttp(request => request.Path.EndsWith(".minisig", StringComparison.Ordinal) ? ("200 OK", "signed") : ("404 Not Found", ""));
        var (artefact, package) = (await _shelf.ArtefactAsync(StoreKind.S3, $"{server.Url}/bucket", "shop.zip", Digest.OfText(Text)), await _shelf.ArtefactAsync(StoreKind.Npm, server.Url, "shop@1.0.0", Digest.OfText(Text)));

        (await _shelf.Source.ReadBesideAsync(artefact, "shop.zip.minisig", 1000, TestContext.Current.CancellationToken)).Bytes.ShouldBe("signed"u8.ToArray());
        (await _shelf.Source.ReadBesideAsync(artefact, "shop.zip.asc", 1000, TestContext.Current.CancellationToken)).ShouldBe((null, null));
        (await _shelf.Source.ReadBesideAsync(package, "shop.asc", 1000, TestContext.Current.CancellationToken)).Trouble!.Sentence.ShouldContain("holds no files");
    }

    [Fact]
    public async Task A_package_of_npm_is_where_its_document_says_and_another_host_gets_no_secret()
    {
        await using var files = new RawHttp(_ => ("200 OK", Text));
        await using var registry = new RawHttp(request => request.Path == "/@shop%2fweb"
            ? ("200 OK", Document.Replace("FILES", files.Url, StringComparison.Ordinal))
            : ("404 Not Found", ""));

        (await _shelf.TextAsync(await NpmAsync("@shop/web@1.0.0"))).ShouldBe(Text);
        registry.Asked.Single()["authorization"].ShouldBe("Bearer t0ken");
        files.Asked.Single()["authorization"].ShouldBeNull();

        (await TroubleAsync(await NpmAsync("@shop/web@2.0.0", "other"))).ShouldContain("has no version 2.0.0 of @shop/web. Publish it");
        (await TroubleAsync(await NpmAsync("@shop/web@1.0.1", "other"))).ShouldContain("leads to nothing");
        (await TroubleAsync(await NpmAsync("@shop/web@1.0.2", "other"))).ShouldContain("an internal address");
        (await TroubleAsync(await NpmAsync("nothing@1.0.0", "other"))).ShouldContain("answers 404");

        Task<Artefact> NpmAsync(string path, string text = Text) => _shelf.ArtefactAsync(StoreKind.Npm, registry.Url, path, Digest.OfText(text), "token");
    }

    [Fact]
    public async Task A_package_of_NuGet_is_where_the_index_says()
    {
        var url = "";
        await using var feed = new RawHttp(request => request.Path switch
        {
            "/v3/index.json" => ("200 OK", $$"""{"version":"3.0.0","resources":[{"@id":"x","@type":"SearchQueryService"},{"@id":"{{url}}/flat/","@type":["Other","PackageBaseAddress/3.0.0"]}]}"""),
            "/flat/shop.web/1.2.0-rc.1/shop.web.1.2.0-rc.1.nupkg" => ("200 OK", Text),
            "/empty/index.json" => ("200 OK", "{}"),
            "/broken/index.json" => ("200 OK", "<html>"),
            _ => ("404 Not Found", ""),
        });
        url = feed.Url;

        (await _shelf.TextAsync(await NuGetAsync("v3", "Shop.Web@1.02.0-RC.1+build.7"))).ShouldBe(Text);
        feed.Asked.Select(request => request["authorization"]).Distinct().ShouldBe([$"Basic {Convert.ToBase64String("mia:w0rd"u8)}"]);

        (await TroubleAsync(await NuGetAsync("v3", "Shop.Web@9.0.0", "other"))).ShouldContain("answers 404");
        (await TroubleAsync(await NuGetAsync("empty", "Shop.Web@1.0.0", "other"))).ShouldContain("names no PackageBaseAddress/3.0.0");
        (await TroubleAsync(await NuGetAsync("broken", "Shop.Web@1.0.0", "other"))).ShouldContain("is not in the JSON");

        Task<Artefact> NuGetAsync(string index, string path, string text = Text) => _shelf.ArtefactAsync(StoreKind.NuGet, $"{url}/{index}/index.json", path, Digest.OfText(text), "pair");
    }

    private async Task<string> TroubleAsync(Artefact artefact) => (await _shelf.Source.VerifyAsync(artefact, TestContext.Current.CancellationToken)).Trouble.ShouldNotBeNull().Sentence;
}
