using CsCheck;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Plans;

/// <summary>A plan as pylock.toml (PEP 751) and back.</summary>
public sealed class PlanLockTests
{
    [Fact]
    public void Reading_is_the_inverse_of_writing() =>
        RandomPlan.Any.Sample(
            plan =>
            {
                var locked = PyLock.TryParse(PlanLock.Of(plan, path => path).ToToml()).Value;
                var read = PlanLock.PlanOf(locked, path => path);
                Assert.NotNull(read);
                Assert.Equal(plan.Steps.Select(RandomPlan.Shape), read.Steps.Select(RandomPlan.Shape));
                Assert.Equal(plan.Environments, read.Environments);
                Assert.Equal(
                    plan.Environment.OrderBy(each => each.Key, StringComparer.Ordinal),
                    read.Environment.OrderBy(each => each.Key, StringComparer.Ordinal)
                );
                Assert.Equal(plan.Roots, read.Roots);
                Assert.Equal(plan.LeftOut, read.LeftOut);
            },
            iter: 200
        );

    [Fact]
    public void Every_step_that_installs_is_an_entry_in_the_order_of_the_plan() =>
        RandomPlan.Any.Sample(
            plan =>
            {
                var locked = PlanLock.Of(plan, path => path);
                Assert.Equal(
                    plan.Steps.Where(step => step.Action == StepAction.Install).Select(step => step.Candidate.Name),
                    locked.Packages.Select(package => package.Name)
                );
            },
            iter: 100
        );

    [Theory]
    [InlineData(DistributionKind.Sdist, "a/lib-1.0.tar.gz", "sdist")]
    [InlineData(DistributionKind.Sdist, "a/Lib-1.0.zip", "sdist")]
    [InlineData(DistributionKind.Sdist, "a/lib-1.0.tar.bz2", "archive")] // no name of an sdist (PEP 625)
    [InlineData(DistributionKind.Sdist, "a/lib-main.tar.gz", "archive")]
    [InlineData(DistributionKind.Sdist, "a/other-1.0.tar.gz", "archive")] // what is in it decides, and other readers go by the name
    [InlineData(DistributionKind.Sdist, "a/lib-1.0.tar.gz#subdirectory=python/lib", "archive")]
    [InlineData(DistributionKind.Wheel, "a/lib-1.0-py3-none-any.whl", "wheel")]
    [InlineData(DistributionKind.Tree, "a/lib", "directory")]
    public void What_a_step_is_installed_from_is_named_so_that_every_reader_takes_it(
        DistributionKind kind,
        string path,
        string source
    )
    {
        var package = Assert.Single(PlanLock.Of(OneStep(kind, path), written => "../" + written).Packages);

        Assert.Equal(
            source,
            package.Sdist is not null ? "sdist"
                : package.Archive is not null ? "archive"
                : package.Wheels is not null ? "wheel"
                : "directory"
        );
        var file = package.Sdist ?? package.Archive ?? package.Wheels?[0];
        Assert.Equal(path.Contains('#', StringComparison.Ordinal) ? "python/lib" : null, file?.Subdirectory);
        Assert.Equal("../" + path.Split('#')[0], file?.Path ?? package.Directory!.Path);
        Assert.Equal(kind == DistributionKind.Tree ? null : 7, file?.Size);
    }

    [Theory]
    [InlineData("name = \"lib\"\nversion = \"1.0\"", "name = \"lib\"\nversion = \"1.1\"")] // another version in packages than in the steps
    [InlineData("action = \"install\"", "action = \"keep\"")]
    [InlineData("stage = 1", "stage = -1")]
    [InlineData("[tool.resolver]", "[tool.another]")]
    public void A_table_that_does_not_fit_the_packages_decides_nothing(string part, string replacement)
    {
        var text = PlanLock.Of(OneStep(DistributionKind.Sdist, "a/x-1.zip"), path => path).ToToml();
        var changed = ReplaceFirst(text, part, replacement);

        Assert.NotEqual(text, changed);
        Assert.NotNull(PlanLock.PlanOf(PyLock.TryParse(text).Value, path => path));
        Assert.Null(PlanLock.PlanOf(PyLock.TryParse(changed).Value, path => path));
    }

    private static string ReplaceFirst(string text, string part, string replacement)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? text : text[..at] + replacement + text[(at + part.Length)..];
    }

    private static Plan OneStep(DistributionKind kind, string path)
    {
        var candidate = new Candidate
        {
            Name = PackageName.Parse("lib"),
            Version = Version.Parse("1.0"),
            Kind = kind,
            Path = path,
            Sha256 = kind == DistributionKind.Tree ? null : RandomPlan.Hash,
            Size = kind == DistributionKind.Tree ? null : 7,
        };
        return new Plan(
            new Dictionary<string, string>(),
            [],
            [
                new PlanStep(
                    1,
                    1,
                    StepAction.Install,
                    candidate,
                    [],
                    [new Need(null, Requirement.Parse("lib"), Role.Root)]
                ),
            ],
            [],
            new PlanStatistics()
        );
    }
}
