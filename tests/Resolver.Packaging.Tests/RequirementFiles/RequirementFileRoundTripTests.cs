using System.Text;
using CsCheck;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;

namespace Resolver.Packaging.Tests.RequirementFiles;

/// <summary>What is written is read back.</summary>
public sealed class RequirementFileRoundTripTests
{
    private static readonly Gen<string> Value = Gen.Char["ab \t'\"\\#$${}A_=-é;"]
        .Array[0, 12]
        .Select(c => new string(c));

    private static readonly Gen<RequirementLine> Setting = Gen.Select(Gen.Enum<RequirementFileOption>(), Value)
        .Select(
            (option, value) =>
                (RequirementLine)
                    new RequirementLine.Setting(
                        "r.txt",
                        1,
                        option,
                        option
                            is RequirementFileOption.NoIndex
                                or RequirementFileOption.Pre
                                or RequirementFileOption.PreferBinary
                                or RequirementFileOption.RequireHashes
                                or RequirementFileOption.NoRequireHashes
                            ? null
                            : value
                    )
        );

    private static readonly Gen<RequirementTarget> Target = Gen.OneOf<RequirementTarget>(
        new RequirementTarget.Named(Requirement.Parse("a[b]>=1; python_version < '3'")),
        new RequirementTarget.Named(Requirement.Parse("a @ https://h/a.whl ; os_name == 'nt'")),
        new RequirementTarget.Local("../x y.whl", [], null),
        new RequirementTarget.Link("git+https://h/a.git#egg=x", [], null)
    );

    private static readonly Gen<RequirementLine> Dependency = Gen.Select(
            Target,
            Gen.Bool,
            Value.Array[0, 2],
            Value.Array[0, 2]
        )
        .Select(
            (target, isEditable, options, values) =>
                (RequirementLine)
                    new RequirementLine.Dependency("r.txt", 1, target)
                    {
                        IsEditable = isEditable && target is not RequirementTarget.Named { Requirement.Url: null },
                        Hashes = [.. options.Where(o => o.Length > 0).Select(o => KeyValuePair.Create("sha256", o))],
                        ConfigSettings = [.. values.Select(v => KeyValuePair.Create("k", v))],
                        GlobalOptions = options,
                    }
        );

    [Fact]
    public void Reading_a_line_that_was_written_gives_the_same_line()
    {
        Gen.OneOf(Setting, Dependency)
            .Sample(
                line =>
                {
                    var text = line.ToString()!;
                    // Variables that are not set stay, so every name here is set: quoting must hide them.
                    var file = RequirementFile.Read("r.txt", _ => Encoding.UTF8.GetBytes(text), _ => "SET");

                    Assert.True(
                        file.Errors.Count == 0 && file.Warnings.Count == 0,
                        $"{text}: {string.Join(" ", file.Errors)}"
                    );
                    var read = Assert.Single(file.Lines);
                    Assert.Equal(text, read.ToString());
                    if (line is RequirementLine.Setting setting)
                        Assert.Equal(setting, read);
                    if (line is RequirementLine.Dependency written && read is RequirementLine.Dependency back)
                    {
                        Assert.Equal(written.Hashes, back.Hashes);
                        Assert.Equal(written.ConfigSettings, back.ConfigSettings);
                        Assert.Equal(written.GlobalOptions, back.GlobalOptions);
                        Assert.Equal(
                            (written.IsEditable, written.Target.ToString()),
                            (back.IsEditable, back.Target.ToString())
                        );
                    }
                },
                iter: 3000
            );
    }

    [Fact]
    public void No_text_crashes_the_reader()
    {
        string[] seeds =
        [
            "a>=1 ; python_version<'3' --hash=sha256:aa \\\n  --hash=sha256:bb # c\n-r r.txt\n-e ./x[y]\n",
            "# -*- coding: latin-1 -*-\n--index-url https://${X}@h/ --pre\n-f 'a b'\ngit+https://h/x#egg=y\nx @ "
                + "file:///y\n-C k=v\nz -C k=v\n",
        ];

        DocumentFuzz.Run(
            seeds,
            text =>
            {
                var file = RequirementFile.Read(
                    "r.txt",
                    p => p == "r.txt" ? Encoding.UTF8.GetBytes(text) : null,
                    n => n == "X" ? "value" : null
                );

                Assert.All(file.Errors.Concat(file.Warnings), e => Assert.DoesNotContain('\n', e.ToString()));
                Assert.All(file.Lines, l => Assert.NotEmpty(l.ToString()!));
            }
        );
    }

    [Fact]
    public void Random_bytes_are_read()
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);

            Assert.NotNull(RequirementFile.Read("r.txt", p => p == "r.txt" ? bytes : null, _ => null));
        }
    }
}
