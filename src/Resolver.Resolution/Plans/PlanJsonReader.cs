using System.Text.Json;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Plans;

/// <summary>The reading half of <see cref="PlanJson"/>. A plan file may come from anywhere, and is run: what is not
/// exactly as the contract says is refused.</summary>
internal static class PlanJsonReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    public static DocumentResult<Plan> TryRead(ReadOnlyMemory<byte> json, string file)
    {
        if (json.Span.StartsWith("\uFEFF"u8))
            json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return DocumentResult<Plan>.Of(ReadPlan(new JsonPlace(file, "$", document.RootElement)));
        }
        catch (JsonException exception)
        {
            return DocumentResult<Plan>.Failed(JsonFault.Of(exception, json.IsEmpty, file, "a plan as JSON"));
        }
        catch (DocumentFormatException exception)
        {
            return DocumentResult<Plan>.Failed(exception.Error);
        }
    }

    private static Plan ReadPlan(JsonPlace plan)
    {
        var schema = plan.Field("schema");
        if (schema.Text() != PlanJson.Schema)
            throw schema.Wrong($"'{PlanJson.Schema}'");

        var known = new Dictionary<(PackageName, Version, DistributionKind, string?), Candidate>();
        var drafts = plan.Field("steps").Items().Select(step => ReadCandidate(step, known)).ToList();
        var isApart =
            plan.FieldOrNull("build_isolation") is { } isolation
            && isolation.OneOf([BuildIsolation.PerBuild], _ => PlanJson.PerBuild) == BuildIsolation.PerBuild;
        var builds = isApart ? plan.Field("builds").Items().Select(build => ReadBuild(build, known)).ToList() : [];
        var apartBuilds = new Dictionary<Candidate, PlannedBuild>();
        foreach (var build in builds)
        {
            if (!apartBuilds.TryAdd(build.Candidate, build))
                throw plan.Field("builds")
                    .Wrong($"each build once, not that of {PlanJsonWriter.Pin(build.Candidate)} again");
        }
        var selected = new Dictionary<(PackageName, Version), Candidate>();
        foreach (var (step, candidate) in drafts)
        {
            // Steps with markers may be the same version in another form, for another environment.
            if (!selected.TryAdd((candidate.Name, candidate.Version), candidate) && step.FieldOrNull("markers") is null)
                throw step.Field("name")
                    .Wrong($"each project at one version once, not {PlanJsonWriter.Pin(candidate)} again");
        }
        var steps = new List<PlanStep>(drafts.Count);
        foreach (var (step, candidate) in drafts)
        {
            // The requirements of an isolated build are in its own environment.
            var apart = apartBuilds
                .GetValueOrDefault(candidate)
                ?.Steps.ToDictionary(each => (each.Candidate.Name, each.Candidate.Version), each => each.Candidate);
            if (isApart && candidate.IsBuilt && apart is null)
                throw step.Field("name")
                    .Wrong($"one whose build is among the builds, not {PlanJsonWriter.Pin(candidate)}");
            steps.Add(ReadStep(step, candidate, selected, apart ?? selected, steps.Count == 0 ? 0 : steps[^1].Order));
        }

        return new Plan(
            plan.Field("environment").TextFields(),
            [.. plan.Field("roots").Items().Select(RequirementAt)],
            steps,
            plan.FieldOrNull("left_out") is { } left ? [.. left.Items().Select(ReadLeftOut)] : [],
            ReadStatistics(plan.Field("stats"))
        )
        {
            Objectives = plan.FieldOrNull("objectives") is { } objectives
                ? [.. objectives.Items().Select(ReadObjective)]
                : [],
            BuildIsolation = isApart ? BuildIsolation.PerBuild : BuildIsolation.None,
            Builds = builds,
            Environments = plan.FieldOrNull("environments") is { } environments
                ? [.. environments.Items().Select(ReadEnvironment)]
                : [],
            PassedOver = plan.FieldOrNull("passed_over") is { } passed
                ? [.. passed.Items().Select(ReadPassedOver)]
                : [],
        };
    }

    /// <summary>A build and what its environment holds. Whatever of it is built must have been read before, as it
    /// must be built before.</summary>
    private static PlannedBuild ReadBuild(
        JsonPlace build,
        Dictionary<(PackageName, Version, DistributionKind, string?), Candidate> known
    )
    {
        var (_, candidate) = ReadCandidate(build, known);
        if (!candidate.IsBuilt)
            throw build.Field("kind").Wrong("'sdist' or 'tree', which are built");
        var drafts = build.Field("steps").Items().Select(step => ReadCandidate(step, known)).ToList();
        var held = new Dictionary<(PackageName, Version), Candidate>();
        foreach (var (step, each) in drafts)
        {
            if (!held.TryAdd((each.Name, each.Version), each))
                throw step.Field("name")
                    .Wrong($"each project at one version once, not {PlanJsonWriter.Pin(each)} again");
        }
        var steps = new List<PlanStep>(drafts.Count);
        foreach (var (step, each) in drafts)
            steps.Add(ReadStep(step, each, held, held, steps.Count == 0 ? 0 : steps[^1].Order));
        var stage = build.Field("stage");
        return new PlannedBuild(
            stage.Number() > 0 ? stage.Number() : throw stage.Wrong("1 or more"),
            candidate,
            [.. build.Field("requires").Items().Select(each => ReadRequired(each, held))],
            steps
        );
    }

    private static (JsonPlace Step, Candidate Candidate) ReadCandidate(
        JsonPlace step,
        Dictionary<(PackageName, Version, DistributionKind, string?), Candidate> known
    )
    {
        var read = ReadCandidate(step);
        var key = (read.Candidate.Name, read.Candidate.Version, read.Candidate.Kind, read.Candidate.Path);
        if (known.TryGetValue(key, out var earlier))
        {
            if (earlier.Sha256 != read.Candidate.Sha256)
                throw step.Field("sha256")
                    .Wrong($"the hash that {PlanJsonWriter.Pin(earlier)} has elsewhere in the plan");
            return (step, earlier);
        }
        known.Add(key, read.Candidate);
        return read;
    }

    private static (JsonPlace Step, Candidate Candidate) ReadCandidate(JsonPlace step)
    {
        var kind = step.Field("kind").OneOf(Enum.GetValues<DistributionKind>(), PlanJsonWriter.KindText);
        var path = step.Field("path").TextOrNull();
        if (path is null && kind != DistributionKind.Installed)
            throw step.Field("path").Wrong("the path of what is installed");
        if (path is not null && path.Contains('\0', StringComparison.Ordinal))
            throw step.Field("path").Wrong("a path without a null character");

        var required = step.Field("requires")
            .Items()
            .Select(each => (Role: RoleAt(each.Field("role")), Requirement: RequirementAt(each.Field("requirement"))))
            .ToList();
        return (
            step,
            new Candidate
            {
                Name = step.Field("name").Parsed(PackageName.TryParse),
                Version = step.Field("version").Parsed(Version.TryParse),
                Kind = kind,
                Path = path,
                Sha256 = ReadHash(step.Field("sha256"), kind),
                Requires = [.. required.Where(each => each.Role != Role.Build).Select(each => each.Requirement)],
                BuildRequires = kind is DistributionKind.Sdist or DistributionKind.Tree
                    ? [.. required.Where(each => each.Role == Role.Build).Select(each => each.Requirement)]
                    : null,
                BuildEnvironment = step.FieldOrNull("env") is { } environment
                    ? ReadBuildEnvironment(environment)
                    : null,
                Weaknesses = step.FieldOrNull("notes") is { } notes
                    ? [.. notes.Items().Select(each => each.Text())]
                    : [],
            }
        );
    }

    private static PlanStep ReadStep(
        JsonPlace step,
        Candidate candidate,
        Dictionary<(PackageName, Version), Candidate> selected,
        Dictionary<(PackageName, Version), Candidate> forBuild,
        int previous
    )
    {
        var order = step.Field("order");
        if (order.Number() <= previous)
            throw order.Wrong($"steps in ascending order, from 1: more than {previous}");
        var stage = step.Field("stage");
        if (stage.Number() < 0)
            throw stage.Wrong("0 or more");
        var action = step.Field("action").OneOf(Enum.GetValues<StepAction>(), PlanJsonWriter.ActionText);
        if (action == StepAction.Install == (candidate.Kind == DistributionKind.Installed))
            throw step.Field("action").Wrong("'keep' or 'remove' for what is installed, 'install' for everything else");

        return new PlanStep(
            order.Number(),
            stage.Number(),
            action,
            candidate,
            [
                .. step.Field("requires")
                    .Items()
                    .Select(each => ReadRequired(each, RoleAt(each.Field("role")) == Role.Build ? forBuild : selected)),
            ],
            [.. step.Field("needed_by").Items().Select(ReadNeed)]
        )
        {
            Markers = MarkersOf(step),
            Editable = step.FieldOrNull("editable") is { } editable && editable.Flag(),
        };
    }

    private static Marker? MarkersOf(JsonPlace place) => place.FieldOrNull("markers")?.Parsed(Marker.TryParse);

    private static TargetedEnvironment ReadEnvironment(JsonPlace environment)
    {
        var example = environment.Field("example");
        var values = example.TextFields();
        if (MarkerEnvironment.VariableNames.FirstOrDefault(name => !values.ContainsKey(name)) is { } missing)
            throw example.Wrong($"a text '{missing}'");
        return new TargetedEnvironment(
            environment.FieldOrNull("name")?.Text(),
            MarkersOf(environment),
            MarkerEnvironment.VariableNames.Aggregate(
                MarkerEnvironment.CPython311OnLinux,
                (all, name) => all.With(name, values[name])
            )
        );
    }

    private static ObjectiveValue ReadObjective(JsonPlace value) =>
        new(
            value.Field("objective").OneOf(Enum.GetValues<Objective>(), ObjectiveNames.Of),
            value.Field("value").Number(),
            value.Field("at_least").Number()
        );

    private static PlannedRequirement ReadRequired(
        JsonPlace required,
        Dictionary<(PackageName, Version), Candidate> selected
    )
    {
        var satisfiedBy = required.Field("satisfied_by");
        return new PlannedRequirement(
            RequirementAt(required.Field("requirement")),
            RoleAt(required.Field("role")),
            satisfiedBy.Text() == PlanJson.Waived ? null : SelectedAt(satisfiedBy, selected),
            required.FieldOrNull("extra")?.Parsed(ExtraName.TryParse)
        );
    }

    private static Candidate SelectedAt(JsonPlace pin, Dictionary<(PackageName, Version), Candidate> selected)
    {
        var parts = pin.Text().Split("==");
        return
            parts.Length == 2
            && PackageName.TryParse(parts[0]) is { Success: true, Value: var name }
            && Version.TryParse(parts[1]) is { Success: true, Value: var version }
            && selected.TryGetValue((name, version), out var candidate)
            ? candidate
            : throw pin.Wrong("'NAME==VERSION' of a step, or 'waived'");
    }

    private static Need ReadNeed(JsonPlace need)
    {
        var name = need.Field("name");
        var role = RoleAt(need.Field("role"));
        // A constraint may be the user's own, which is no project's either.
        if (name.IsNull ? role is not (Role.Root or Role.Constraint) : role == Role.Root)
            throw name.Wrong("null for a root, a name for what a project needs");
        return new Need(
            name.IsNull ? null : name.Parsed(PackageName.TryParse),
            RequirementAt(need.Field("requirement")),
            role
        );
    }

    private static LeftOut ReadLeftOut(JsonPlace left) =>
        new(
            left.Field("path").Text(),
            left.Field("name").TextOrNull(),
            left.Field("version").TextOrNull(),
            left.Field("code").Text(),
            left.Field("reason").Text()
        );

    private static PassedOver ReadPassedOver(JsonPlace each) =>
        new(
            each.Field("name").Text(),
            each.Field("version").Text(),
            each.Field("path").TextOrNull(),
            each.Field("why").Text(),
            each.Field("detail").Text()
        );

    private static PlanStatistics ReadStatistics(JsonPlace statistics) =>
        new()
        {
            ScanMilliseconds = statistics.Field("scan_ms").Real(),
            LoadMilliseconds = statistics.Field("load_ms").Real(),
            SolveMilliseconds = statistics.Field("solve_ms").Real(),
            OrderMilliseconds = statistics.Field("order_ms").Real(),
            Decisions = statistics.Field("decisions").LongNumber(),
            Conflicts = statistics.Field("conflicts").LongNumber(),
            Propagations = statistics.Field("propagations").LongNumber(),
        };

    // A file whose content nobody vouches for must not be run, so a file without a hash is refused; trees and what is
    // installed have none.
    private static string? ReadHash(JsonPlace hash, DistributionKind kind)
    {
        if (kind is DistributionKind.Installed or DistributionKind.Tree && hash.IsNull)
            return null;
        return hash.Text() is { Length: 64 } text && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw hash.Wrong("a SHA-256 as 64 lower-case hexadecimal digits");
    }

    private static Dictionary<string, string> ReadBuildEnvironment(JsonPlace environment)
    {
        var variables = environment.TextFields();
        return variables.Any(each =>
            each.Key.Length == 0
            || each.Key.Contains('=', StringComparison.Ordinal)
            || (each.Key + each.Value).Contains('\0', StringComparison.Ordinal)
        )
            ? throw environment.Wrong("names and values an environment can hold")
            : variables;
    }

    private static Role RoleAt(JsonPlace role) => role.OneOf(Enum.GetValues<Role>(), PlanJsonWriter.RoleText);

    private static Requirement RequirementAt(JsonPlace requirement) => requirement.Parsed(Requirement.TryParse);
}
