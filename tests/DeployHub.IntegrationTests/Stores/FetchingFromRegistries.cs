using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker.Artefacts;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>A real registry with a password, and stubs of registries that send to a realm for a token.</summary>
public sealed class FetchingFromRegistries(TestHub hub, RegistryStand registry) : IClassFixture<TestHub>, IClassFixture<RegistryStand>, IDisposable
{
    private readonly Shelf _shelf = new(hub);
    private readonly string _repository = $"shop/{TestHub.Unique("web")}";

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task An_image_with_all_that_it_names_is_found()
    {
        var image = await PushAsync("layer");

        var (note, trouble) = await VerifyAsync(image.Digest);

        trouble.ShouldBeNull();
        note.ShouldBe("image, 2 blobs of 7 bytes");
        JsonDocument.Parse(await _shelf.TextAsync(await ArtefactAsync(image.Digest))).RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_blob_is_an_artefact_too()
    {
        Assert.SkipWhen(RegistryStand.Missing is not null, RegistryStand.Missing ?? "");
        var content = string.Concat(Enumerable.Repeat("chart\n", 100_000));

        (await _shelf.TextAsync(await ArtefactAsync(await registry.PushBlobAsync(_repository, content)))).ShouldBe(content);
    }

    [Fact]
    public async Task The_path_of_the_address_begins_the_names_of_its_repositories()
    {
        var image = await PushAsync("prefixed");
        var artefact = await _shelf.ArtefactAsync(StoreKind.Oci, $"{registry.Url}/shop", _repository["shop/".Length..], image.Digest, "pair");

        (await _shelf.Source.VerifyAsync(artefact, TestContext.Current.CancellationToken)).Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_layer_that_is_gone_or_was_cut_is_missed()
    {
        var image = await PushAsync("a layer to lose");
        var layer = registry.FileOf(Digest.OfText("a layer to lose"));
        await File.WriteAllTextAsync(layer, "a layer");

        (await TroubleAsync(image.Digest)).Sentence.ShouldContain("has 7 bytes, but the manifest says 15");

        File.Delete(layer);
        (await TroubleAsync(image.Digest)).Sentence.ShouldContain($"lacks the blob {Digest.OfText("a layer to lose")} of {_repository}");
    }

    [Fact]
    public async Task Of_an_index_every_image_has_to_be_there_or_those_of_the_platform()
    {
        var (one, two) = (await PushAsync("for amd64"), await PushAsync("for arm64"));
        var index = await registry.PushIndexAsync(_repository, (one, "amd64"), (two, "arm64"));
        (await VerifyAsync(index.Digest)).Note.ShouldBe("index of 2 images (linux/amd64, linux/arm64), 3 blobs of 20 bytes");
        File.Delete(registry.LinkOf(_repository, two.Digest));

        (await TroubleAsync(index.Digest)).Sentence.ShouldContain($"lacks the manifest {two.Digest}");
        (await TroubleAsync(index.Digest, "@linux/arm64")).Sentence.ShouldContain("for linux/arm64");
        (await TroubleAsync(index.Digest, "@windows/amd64")).Sentence.ShouldContain("has nothing for windows/amd64, only for linux/amd64, linux/arm64");
        (await TroubleAsync(one.Digest, "@linux/amd64")).Sentence.ShouldContain("leave @linux/amd64 out");
        (await VerifyAsync(index.Digest, "@linux/amd64")).Note.ShouldBe("index of 1 image (linux/amd64), 2 blobs of 11 bytes");
    }

    [Fact]
    public async Task A_manifest_with_other_bytes_is_a_forgery()
    {
        var image = await PushAsync("changed");
        await File.WriteAllTextAsync(registry.FileOf(image.Digest), """{"schemaVersion":2,"layers":[]}""");

        (await TroubleAsync(image.Digest)).Cause.ShouldBe(HaltCause.DigestMismatch, "whatever the registry's header says");
    }

    [Fact]
    public async Task What_nobody_pushed_is_said_with_what_would_help()
    {
        await PushAsync("something");

        var trouble = await TroubleAsync(Digest.OfText("nothing"));

        trouble.Cause.ShouldBe(HaltCause.ComponentMissing);
        trouble.Sentence.ShouldContain($"neither a manifest nor a blob {Digest.OfText("nothing")} in {_repository}. Push it there");
    }

    [Theory]
    [InlineData(null, "Name one at the store")]
    [InlineData("wrong", "does not let the secret “wrong” in")]
    [InlineData("token", "does not let the secret “token” in")]
    public async Task Who_may_not_read_is_told_which_secret(string? secret, string words)
    {
        var image = await PushAsync("secret");
        using var shelf = new Shelf(hub, "Secrets:wrong=mia:wrong");

        (await shelf.TroubleAsync(await shelf.ArtefactAsync(StoreKind.Oci, registry.Url, _repository, image.Digest, secret))).Sentence.ShouldContain(words);
    }

    [Fact]
    public async Task A_token_is_fetched_from_the_realm_for_reading_one_repository()
    {
        const string manifest = """{"schemaVersion":2,"layers":[]}""";
        var (url, tokens) = ("", 0);
        await using var server = new RawHttp(request => request switch
        {
            _ when request.Path.StartsWith("/token", StringComparison.Ordinal) => ("200 OK", $$"""{"token":"fresh-{{++tokens}}"}"""),
            _ when request["authorization"] == "Bearer fresh-1" => ("200 OK", manifest),
            _ => ($"401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"{url}/token\",service=\"reg\",scope=\"repository:other:push\"", ""),
        });
        url = server.Url;
        var artefact = await _shelf.ArtefactAsync(StoreKind.Oci, url, "shop/web", Digest.OfText(manifest), "pair");

        (await _shelf.TextAsync(artefact)).ShouldBe(manifest);

        var asked = server.Asked.Single(request => request.Path.StartsWith("/token", StringComparison.Ordinal));
        asked.Path.ShouldBe("/token?service=reg&scope=repository%3Ashop%2Fweb%3Apull");
        asked["authorization"].ShouldBe($"Basic {Convert.ToBase64String("mia:w0rd"u8)}");
        server.Asked.First()["authorization"].ShouldBeNull("a password is not sent before it is asked for");
    }

    [Fact]
    public async Task A_realm_elsewhere_without_https_gets_nothing()
    {
        await using var realm = new RawHttp(_ => ("200 OK", """{"token":"stolen"}"""));
        await using var server = new RawHttp(_ => ($"401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"{realm.Url}/token\"", ""));

        (await _shelf.TroubleAsync(await _shelf.ArtefactAsync(StoreKind.Oci, server.Url, "web", Digest.OfText("x"), "pair"))).Sentence.ShouldContain("which is not HTTPS");
        realm.Asked.ShouldBeEmpty();
    }

    private async Task<(Digest Digest, int Size)> PushAsync(string layer)
    {
        Assert.SkipWhen(RegistryStand.Missing is not null, RegistryStand.Missing ?? "");
        return await registry.PushImageAsync(_repository, layer);
    }

    private Task<Artefact> ArtefactAsync(Digest digest, string platform = "") => _shelf.ArtefactAsync(StoreKind.Oci, registry.Url, _repository + platform, digest, "pair");

    private async Task<(string? Note, ArtefactTrouble? Trouble)> VerifyAsync(Digest digest, string platform = "") =>
        await _shelf.Source.VerifyAsync(await ArtefactAsync(digest, platform), TestContext.Current.CancellationToken);

    private async Task<ArtefactTrouble> TroubleAsync(Digest digest, string platform = "") => (await VerifyAsync(digest, platform)).Trouble.ShouldNotBeNull();
}
