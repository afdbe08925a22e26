using System.Text;
using Resolver.Packaging.RequirementFiles;

namespace Resolver.Packaging.Tests.RequirementFiles;

/// <summary><c>-r</c> and <c>-c</c>: files within files.</summary>
public sealed class RequirementFileIncludeTests
{
    private static RequirementFile Read(string path, params (string Path, string Text)[] files) =>
        RequirementFile.Read(
            path,
            p => files.Where(f => f.Path == p).Select(f => Encoding.UTF8.GetBytes(f.Text)).FirstOrDefault(),
            _ => null
        );

    private static string[] Lines(RequirementFile file) =>
        [
            .. file.Lines.Select(l =>
                $"{l.File}:{l.Line}:{((l as RequirementLine.Dependency)?.IsConstraint == true ? "c:" : "")}{l}"
            ),
        ];

    [Fact]
    public void An_included_file_replaces_its_line() =>
        Assert.Equal(
            ["r.txt:1:a", "s.txt:1:b", "r.txt:3:c"],
            Lines(Read("r.txt", ("r.txt", "a\n-r s.txt\nc\n"), ("s.txt", "b\n")))
        );

    [Fact]
    public void Paths_are_relative_to_the_file_that_names_them() =>
        Assert.Equal(
            ["a/c/z.txt:1:x", "w.txt:1:y"],
            Lines(
                Read(
                    "./a/b/r.txt",
                    ("a/b/r.txt", "-r ../c/z.txt\n"),
                    ("a/c/z.txt", "x\n-r ../../w.txt\n"),
                    ("w.txt", "y\n")
                )
            )
        );

    [Fact]
    public void Absolute_paths_and_URLs_are_taken_as_they_are() =>
        Assert.Equal(
            ["/x/s.txt:1:b", "file:///y/t.txt:1:c", "file:///y/u.txt:1:d"],
            Lines(
                Read(
                    "r.txt",
                    ("r.txt", "-r /x/s.txt\n-r file:///y/t.txt\n"),
                    ("/x/s.txt", "b\n"),
                    ("file:///y/t.txt", "c\n-r u.txt\n"),
                    ("file:///y/u.txt", "d\n")
                )
            )
        );

    [Fact]
    public void Constraints_are_distinguished_and_r_within_them_is_requirements_again() =>
        Assert.Equal(
            ["c.txt:1:c:a<2", "s.txt:1:b"],
            Lines(Read("r.txt", ("r.txt", "-c c.txt\n"), ("c.txt", "a<2\n-r s.txt\n"), ("s.txt", "b\n")))
        );

    [Fact]
    public void The_outermost_file_may_be_of_constraints()
    {
        var file = RequirementFile.Read("c.txt", _ => "a<2\n"u8.ToArray(), _ => null, areConstraints: true);

        Assert.True(file.Dependencies.Single().IsConstraint);
    }

    [Theory]
    [InlineData("-e .", "an editable requirement in a constraint file")]
    [InlineData("a[x]<2", "extras in a constraint file")]
    [InlineData("./x.whl", "a requirement without a name in a constraint file")]
    [InlineData("https://h/x.whl", "a requirement without a name in a constraint file")]
    public void A_constraint_is_a_name_with_versions_or_a_URL(string line, string found) =>
        Assert.Equal(
            found,
            RequirementFile
                .Read("c.txt", _ => Encoding.UTF8.GetBytes(line), _ => null, areConstraints: true)
                .Errors.Single()
                .Found
        );

    [Theory]
    [InlineData("r.txt")]
    [InlineData("./r.txt")]
    [InlineData("x/../r.txt")]
    public void A_file_that_includes_itself_is_an_error_however_it_is_spelled(string spelling)
    {
        var error = Assert.Single(Read("r.txt", ("r.txt", $"a\n-r {spelling}\n")).Errors);

        Assert.Equal(
            $"r.txt:2: expected includes without a cycle, found the requirement file '{spelling}', which includes "
                + $"itself by r.txt -> r.txt",
            error.ToString()
        );
    }

    [Fact]
    public void A_longer_cycle_is_shown_and_the_rest_is_read()
    {
        var file = Read("r.txt", ("r.txt", "-r s.txt\nz\n"), ("s.txt", "-c t.txt\n"), ("t.txt", "-r s.txt\n"));

        Assert.Equal("t.txt:1", file.Errors.Single().Place);
        Assert.Contains("s.txt -> t.txt -> s.txt", file.Errors.Single().Found, StringComparison.Ordinal);
        Assert.Equal(["r.txt:2:z"], Lines(file));
    }

    [Fact]
    public void A_file_included_twice_is_no_cycle() =>
        Assert.Equal(
            ["s.txt:1:b", "s.txt:1:b"],
            Lines(Read("r.txt", ("r.txt", "-r s.txt\n-r s.txt\n"), ("s.txt", "b\n")))
        );

    [Fact]
    public void A_missing_file_is_an_error_where_it_is_named() =>
        Assert.Equal(
            "r.txt:2: expected a constraint file, found no readable file 's.txt'",
            Read("r.txt", ("r.txt", "\n-c s.txt\n")).Errors.Single().ToString()
        );

    [Fact]
    public void Includes_that_double_at_each_step_are_stopped()
    {
        var files = Enumerable
            .Range(0, 40)
            .Select(i => ($"{i}.txt", $"-r {i + 1}.txt\n-r {i + 1}.txt\n"))
            .Append(("40.txt", ""))
            .ToArray();

        Assert.Contains(Read("0.txt", files).Errors, e => e.Found.StartsWith("more than ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_without_end_is_stopped() =>
        Assert.Contains(
            "deep",
            RequirementFile
                .Read("0.txt", p => Encoding.UTF8.GetBytes($"-r {int.Parse(p.Split('.')[0]) + 1}.txt\n"), _ => null)
                .Errors.Single()
                .Found,
            StringComparison.Ordinal
        );
}
