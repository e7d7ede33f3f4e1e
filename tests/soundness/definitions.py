"""The activations once more, written down independently of the catalogue, one a line.

A test holds that this table and the catalogue know the same names and mean the same functions.

Above: `reading`. Below: nothing.
"""

ACTIVATIONS = """
absolute(x) = piecewise((x, x > 0), (-x, True))
arcsinh(x) = asinh(x)
arctan(x) = atan(x)
bent_identity(x) = x + sqrt(1 + x*x)/2 - 1/2
bipolar_sigmoid(x) = tanh(x/2)
bipolar_step(x) = piecewise((-1, x < 0), (1, True))
bounded_relu(x, a=1) = min(a, max(x, 0))
celu(x, alpha=1) = max(0, x) + min(0, alpha*exp(x/alpha) - alpha)
cloglog(x) = 1 - exp(-exp(x))
cosine(x) = cos(x)
cubic(x) = x*x*x
e_swish(x, beta=11/8) = beta*x/(1 + exp(-x))
elish(x) = piecewise((x, x >= 0), (exp(x) - 1, True))/(1 + exp(-x))
elliott(x) = (1 + x/(1 + abs(x)))/2
elu(x, alpha=1) = piecewise((alpha*exp(x) - alpha, x <= 0), (x, True))
erf_activation(x) = erf(x)
exponential(x) = exp(x)
gaussian(x) = exp(-(x*x))
gelu(x) = x*erfc(-x/sqrt(2))/2
gelu_tanh(x) = x/(1 + exp(-2*sqrt(2/pi)*(x + 44715/10**6*x**3)))
gish(x) = x*log(2 - exp(-exp(x)))
golu(x) = x*exp(-exp(-x))
growing_cosine(x) = cos(x)*x
hard_elish(x) = piecewise((x, x >= 0), (exp(x) - 1, True))*max(0, min(1, x/2 + 1/2))
hard_mish(x) = x*min(1, max(0, 1 + x/2))
hard_shrink(x, lambd=1/2) = piecewise((x, x < -lambd), (x, x > lambd), (0, True))
hard_sigmoid(x) = min(max(0, x + 3), 6)/6
hard_swish(x) = x*min(6, max(0, x + 3))/6
hard_tanh(x, lower=-1, upper=1) = max(min(x, upper), lower)
identity(x) = x
isrlu(x, alpha=1) = piecewise((x/sqrt(alpha*x*x + 1), x < 0), (x, True))
isru(x, alpha=1) = x/sqrt(alpha*x*x + 1)
leaky_relu(x, alpha=1/100) = piecewise((alpha*x, x <= 0), (x, True))
lisht(x) = tanh(x)*x
log_cosh(x) = log((exp(x) + exp(-x))/2)
log_log(x) = exp(-exp(-x))
log_sigmoid(x) = -log(1 + exp(-x))
logish(x) = x*log(1 + 1/(1 + exp(-x)))
mish(x) = x*(exp(2*x) + 2*exp(x))/(exp(2*x) + 2*exp(x) + 2)
nlrelu(x, beta=1) = log(1 + max(0, x)*beta)
normal_cdf(x) = erfc(-x/sqrt(2))/2
pelu(x, a=1, b=1) = piecewise((a*exp(x/b) - a, x < 0), (a*x/b, True))
penalized_tanh(x, alpha=1/4) = tanh(x)*piecewise((alpha, x < 0), (1, True))
phish(x) = x*tanh(x*erfc(-x/sqrt(2))/2)
plu(x, alpha=1/10, c=1) = max(alpha*x + alpha*c - c, min(alpha*x - alpha*c + c, x))
prelu(x, alpha=1/4) = piecewise((alpha*x, x <= 0), (x, True))
quadratic(x) = x*x
quick_gelu(x) = x/(1 + exp(-1702*x/1000))
relu(x) = piecewise((x, x > 0), (0, True))
relu6(x) = max(0, min(6, x))
s_shaped_relu(x, lower=-1, lower_slope=1/5, upper=1, upper_slope=1) = piecewise(\
(upper + (x - upper)*upper_slope, x >= upper), \
(lower + (x - lower)*lower_slope, x <= lower), (x, True))
scaled_tanh(x, a=17159/10000, b=2/3) = tanh(x*b)*a
selu(x, alpha=16732632423543772848170429916717/10**31, \
scale=10507009873554804934193349852946/10**31) = \
piecewise((scale*x, x > 0), (scale*alpha*exp(x) - scale*alpha, True))
serf(x) = x*erf(log(1 + exp(x)))
shifted_relu(x) = max(x, -1)
sigmoid(x) = 1/(1 + exp(-x))
signum(x) = sign(x)
silu(x) = x/(1 + exp(-x))
sinc(x) = piecewise((sin(x)/x, x != 0), (1, True))
sine(x) = sin(x)
siren(x, omega=30) = sin(x*omega)
slu(x) = piecewise((2*log(1 + exp(x)) - 2*log(2), x < 0), (x, True))
smelu(x, beta=1) = piecewise((x, x >= beta), ((beta + x)**2/beta/4, x > -beta), (0, True))
smish(x) = x*tanh(log(1 + 1/(1 + exp(-x))))
snake(x, a=1) = x + sin(x*a)**2/a
softplus(x, beta=1) = log(1 + exp(x*beta))/beta
softshrink(x, lambd=1/2) = piecewise((x + lambd, x < -lambd), (x - lambd, x > lambd), (0, True))
softsign(x) = x/(abs(x) + 1)
sparse_plus(x) = piecewise((x, x >= 1), ((1 + x)**2/4, x > -1), (0, True))
sparse_sigmoid(x) = min(1, max(0, x/2 + 1/2))
sqnl(x) = piecewise((-1, x <= -2), (x + x*x/4, x < 0), (x - x*x/4, x <= 2), (1, True))
squared_relu(x) = piecewise((x*x, x > 0), (0, True))
squareplus(x, b=4) = x/2 + sqrt(x*x + b)/2
step(x) = piecewise((0, x < 0), (1, True))
swish(x, beta=1) = x/(1 + exp(-x*beta))
symlog(x) = piecewise((log(1 + x), x >= 0), (-log(1 - x), True))
tanhexp(x) = x*tanh(exp(x))
tanhshrink(x) = x - tanh(x)
threshold(x, theta=0, value=0) = piecewise((value, x <= theta), (x, True))
threshold_relu(x, theta=1) = piecewise((0, x <= theta), (x, True))
"""

ALIASES = """
abs=absolute asinh=arcsinh atan=arctan clipped_relu=bounded_relu cos=cosine cube=cubic
erf=erf_activation exp=exponential gelu_new=gelu_tanh gcu=growing_cosine hardelish=hard_elish
hardshrink=hard_shrink hardsigmoid=hard_sigmoid hardswish=hard_swish hard_silu=hard_swish
hardtanh=hard_tanh lrelu=leaky_relu logcosh=log_cosh gompertz=log_log logsigmoid=log_sigmoid
Phi=normal_cdf probit=normal_cdf square=quadratic rectifier=relu lecun_tanh=scaled_tanh
logistic=sigmoid expit=sigmoid sil=silu
sign=signum sin=sine soft_shrink=softshrink soft_sign=softsign
relu_squared=squared_relu relu2=squared_relu heaviside=step binary_step=step
tanh_exp=tanhexp tanh_shrink=tanhshrink thresholded_relu=threshold_relu
"""
