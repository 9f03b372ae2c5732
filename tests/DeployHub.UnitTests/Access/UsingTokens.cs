using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;

namespace DeployHub.UnitTests.Access;

public sealed class UsingTokens
{
    private static readonly Actor Dora = new("dora", "Dora Manager");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_lives_ninety_days_unless_told_and_at_most_a_year()
    {
        Made().Value.ExpiresAt.ShouldBe(At.AddDays(90));
        Made(expires: At.AddDays(366)).Error.ShouldBeNull();

        Made(expires: At.AddDays(366).AddSeconds(1)).Error!.Code.ShouldBe("access.token-too-long");
        Made(expires: At).Error!.Fields.Keys.ShouldBe(["ExpiresAt"]);
    }

    [Fact]
    public void Only_its_digest_is_kept_and_it_says_whose_kind_it_is()
    {
        var token = Made().Value;

        token.TokenDigest.ShouldBe(Digest.OfText("dhp_secret"));
        JsonSerializer.Serialize(token, Json.Options).ShouldNotContain("dhp_");
        PersonalToken.Prefix.ShouldNotStartWith(ApiClient.TokenPrefix);
    }

    [Fact]
    public void One_name_stands_for_one_valid_token_of_a_person_and_there_is_an_end_to_their_number()
    {
        Made(others: ["Laptop"]).Error!.Code.ShouldBe("access.token-name-taken");
        Made(others: [.. Enumerable.Range(0, PersonalToken.MostAtOnce).Select(number => $"other-{number}")]).Error!.Code.ShouldBe("access.too-many-tokens");
    }

    [Fact]
    public void Neither_programs_nor_tokens_make_tokens()
    {
        Made(by: new Actor("ci", "ci", ActorKind.Machine)).Error!.Code.ShouldBe("access.tokens-are-of-people");
        Made(by: Actor.System).Error!.Code.ShouldBe("access.tokens-are-of-people");
        Made(by: Dora with { Via = "laptop" }).Error!.Code.ShouldBe("access.token-by-token");
    }

    [Fact]
    public void It_ends_at_its_time_or_when_it_is_revoked()
    {
        var token = Made().Value;
        token.IsValid(token.ExpiresAt.AddSeconds(-1)).ShouldBeTrue();
        token.IsValid(token.ExpiresAt).ShouldBeFalse();

        token.Revoke(Dora, At).Error.ShouldBeNull();
        token.IsValid(At).ShouldBeFalse();
        token.Revoke(Dora, At).Error!.Code.ShouldBe("access.already-revoked");
    }

    [Fact]
    public void Its_use_is_written_down_once_a_minute()
    {
        var token = Made().Value;

        token.Use(At).ShouldBeTrue();
        token.Use(At.AddSeconds(59)).ShouldBeFalse();
        token.Use(At.AddSeconds(60)).ShouldBeTrue();
        token.LastUsedAt.ShouldBe(At.AddSeconds(60));
    }

    [Fact]
    public void It_may_what_its_person_may_but_for_managing_access()
    {
        var caller = With(new UsedToken("laptop", TokenScope.Everything), Role.DeploymentManager, Role.Administrator);

        caller.RefusalOf(Permission.PublishModels).ShouldBeNull();
        caller.RefusalOf(Permission.ManageSettings).ShouldBeNull();
        caller.May(Permission.ManageAccess).ShouldBeFalse();
        caller.RefusalOf(Permission.ManageAccess)!.Code.ShouldBe("access.not-by-token");
        caller.RefusalOf(Permission.WaiveChecks)!.Code.ShouldBe("access.not-permitted");
    }

    [Theory]
    [InlineData(Permission.ApprovePlans, "approve plans")]
    [InlineData(Permission.ApproveModels, "approve models")]
    [InlineData(Permission.ChangeRisk, "change risk")]
    [InlineData(Permission.WaiveChecks, "waive checks")]
    [InlineData(Permission.AcceptDrift, "accept drift")]
    [InlineData(Permission.DefineWindows, "define windows")]
    [InlineData(Permission.DeclareFreezes, "declare freezes")]
    [InlineData(Permission.AcknowledgeVersions, "acknowledge versions")]
    public void What_somebody_decides_in_person_no_token_decides(Permission permission, string words)
    {
        var caller = With(new UsedToken("laptop", TokenScope.Everything), Role.Approver);
        Error?[] refusals = [caller.RefusalOf(permission), caller.RefusalOf(permission, "shop", "live"), caller.RefusalAround(permission, environment: "live")];

        refusals.ShouldAllBe(refusal => refusal!.Code == "SOD-6" && refusal.Message.Contains(words));
        caller.May(permission).ShouldBeTrue("what approvers may read, their programs may read");
        caller.SignIn(Dora, [new RoleGrant(Role.Approver)]);
        caller.RefusalOf(permission, "shop", "live").ShouldBeNull();
    }

    [Fact]
    public void What_a_partner_said_is_recorded_by_somebody_who_signed_in()
    {
        With(new UsedToken("laptop", TokenScope.Everything), Role.ReleaseManager).RefusalOf(Permission.AlignPartners)!.Code.ShouldBe("SOD-6");
        With(new UsedToken("laptop", TokenScope.Everything), Role.Stakeholder).RefusalOf(Permission.AnswerAlignments)!.Code.ShouldBe("SOD-6");
    }

    [Fact]
    public void Wrong_passwords_lock_a_sign_in_and_close_no_account()
    {
        new Person { LockoutEnd = At.AddMinutes(15) }.IsClosed.ShouldBeFalse();
        new Person().IsClosed.ShouldBeFalse();
        new Person { LockoutEnd = DateTimeOffset.MaxValue }.IsClosed.ShouldBeTrue();
        PeopleOf(new Person { LockoutEnd = At.AddMinutes(15) }, new Person(), new Person { LockoutEnd = DateTimeOffset.MaxValue }).Open().Count().ShouldBe(2);
    }

    [Fact]
    public void One_that_only_reads_looks_at_what_its_person_sees_and_sends_no_command()
    {
        var caller = With(new UsedToken("dashboard", TokenScope.ReadOnly), Role.DeploymentManager);

        caller.May(Permission.EditModels).ShouldBeTrue("what is withheld from those who do not write models is shown");
        caller.RefusalOf(Permission.EditModels)!.Code.ShouldBe("access.token-only-reads");
        caller.RefusalOf(Permission.EditModels)!.Message.ShouldContain("“dashboard”");
    }

    [Fact]
    public void Whoever_signs_in_again_has_left_the_token()
    {
        var caller = With(new UsedToken("laptop", TokenScope.ReadOnly), Role.Administrator);

        caller.SignIn(Dora, [new RoleGrant(Role.Administrator)]);
        caller.RefusalOf(Permission.ManageAccess).ShouldBeNull();
        caller.ActAsSystem();
        caller.RefusalOf(Permission.FetchVersions).ShouldBeNull();
    }

    [Fact]
    public void What_is_recorded_names_the_token_and_nothing_where_there_was_none()
    {
        var by = Dora with { Via = "laptop" };

        JsonSerializer.Deserialize<Actor>(JsonSerializer.Serialize(by, Json.Options), Json.Options).ShouldBe(by);
        JsonSerializer.Serialize(Dora).ShouldNotContain("Via");
        by.Full.ShouldBe("Dora Manager, by the token “laptop”");
        Dora.Full.ShouldBe("Dora Manager");
        by.Is(Dora).ShouldBeTrue("segregation of duties sees the person");
    }

    private static Result<PersonalToken> Made(DateTimeOffset? expires = null, string[]? others = null, Actor? by = null) =>
        PersonalToken.Create("laptop", "dhp_secret", TokenScope.Everything, expires, others ?? [], by ?? Dora, At);

    private static IQueryable<Person> PeopleOf(params Person[] people) => people.AsQueryable();

    private static Caller With(UsedToken token, params Role[] roles)
    {
        var caller = new Caller();
        caller.SignIn(Dora with { Via = token.Name }, [.. roles.Select(role => new RoleGrant(role))], token: token);
        return caller;
    }
}
