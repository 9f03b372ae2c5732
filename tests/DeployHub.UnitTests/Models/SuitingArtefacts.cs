using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.UnitTests.Models;

/// <summary>A model that unpacks an archive is no help for a single file.</summary>
public sealed class SuitingArtefacts
{
    [Theory]
    [InlineData(StoreKind.Folder, "1.0.0/hello.txt", ArtefactForm.SingleFile)]
    [InlineData(StoreKind.S3, "install.SH", ArtefactForm.SingleFile)]
    [InlineData(StoreKind.Http, "shop-1.1.0.tar.gz", ArtefactForm.Archive)]
    [InlineData(StoreKind.Folder, "shop.zip", ArtefactForm.Archive)]
    [InlineData(StoreKind.Folder, "shop/1.1.0", ArtefactForm.Unknown)]
    [InlineData(StoreKind.Folder, "package", ArtefactForm.Unknown)]
    [InlineData(StoreKind.Oci, "shop/web", ArtefactForm.Image)]
    [InlineData(StoreKind.NuGet, "Newtonsoft.Json@13.0.4", ArtefactForm.Archive)]
    public void Store_and_name_tell_what_an_artefact_is(StoreKind store, string path, ArtefactForm form) => ArtefactForms.Of(store, path).ShouldBe(form);

    [Theory]
    [InlineData("file-release", "hello.txt", ArtefactForm.SingleFile, "unpacks an archive, and hello.txt is a single file")]
    [InlineData("terraform", "shop/web", ArtefactForm.Image, "unpacks an archive, and shop/web is an image")]
    [InlineData("container", "shop.zip", ArtefactForm.Archive, "runs an image of a registry, and shop.zip is an archive")]
    [InlineData("container", "shop/web", ArtefactForm.Image, null)]
    [InlineData("file-release", "package", ArtefactForm.Unknown, null)]
    [InlineData("upload", "hello.txt", ArtefactForm.SingleFile, null)]
    [InlineData("ssh", "shop/web", ArtefactForm.Image, null)]
    public void Only_what_is_known_not_to_suit_is_objected_to(string step, string path, ArtefactForm form, string? objection) => ArtefactForms.Objection([step], [(path, form)]).ShouldBe(objection);

    [Fact]
    public void One_artefact_that_suits_is_enough_and_without_any_nothing_is_known()
    {
        ArtefactForms.Objection(["file-release"], [("notes.txt", ArtefactForm.SingleFile), ("shop.zip", ArtefactForm.Archive)]).ShouldBeNull();
        ArtefactForms.Objection(["file-release"], []).ShouldBeNull();
    }
}
